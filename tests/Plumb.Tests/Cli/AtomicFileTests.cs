using Plumb.Cli;

namespace Plumb.Tests.Cli;

public sealed class AtomicFileTests
{
    [Fact]
    public async Task WriteAsync_replaces_a_file_and_keeps_its_mode()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "a longer old text");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode);
        }

        await AtomicFile.WriteAsync(path, stream => stream.WriteAsync("new"u8.ToArray()).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["a.txt"], folder.Files);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == Mode);
    }

    [Fact]
    public async Task WriteAsync_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "old");
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            AtomicFile.WriteAsync(path, Fail, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            AtomicFile.WriteAsync(folder["b.txt"], Fail, TestContext.Current.CancellationToken));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.txt"], folder.Files);
    }

    [Fact]
    public async Task WriteAsync_removes_what_killed_runs_left_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string own = "";
        await AtomicFile.WriteAtAsync(folder["a.txt"], path =>
        {
            own = Path.GetFileName(path);
            return File.WriteAllTextAsync(path, "new", TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var process = $"-{Environment.ProcessId}-";
        Assert.Contains(process, own, StringComparison.Ordinal);
        var dead = own.Replace(process, $"-{int.MaxValue}-", StringComparison.Ordinal);
        var elsewhere = dead.Replace(".txt.", ".txt.0", StringComparison.Ordinal).Remove(".a.txt.".Length + 8, 1);
        string[] kept = [".a.txt.bak", own, elsewhere, "a.txt", ".other.plumb"];
        string[] left = [dead, dead.Replace(".a.txt.", ".b.csv.", StringComparison.Ordinal)];
        foreach (var name in kept.Concat(left))
        {
            folder.Write(name, "old");
        }

        await AtomicFile.WriteAsync(folder["a.txt"], stream => stream.WriteAsync("new"u8.ToArray()).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal(kept.Order(StringComparer.Ordinal), folder.Files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_takes_names_as_long_as_the_system_does()
    {
        using var folder = new TemporaryFolder();
        foreach (var letter in new[] { "a", "ü", "漢", "😀" })
        {
            var bytes = System.Text.Encoding.UTF8.GetByteCount(letter);
            var name = string.Concat(Enumerable.Repeat(letter, 255 / bytes));
            await AtomicFile.WriteAsync(folder[name], stream => stream.WriteAsync("new"u8.ToArray()).AsTask(),
                TestContext.Current.CancellationToken);
            Assert.Equal("new", File.ReadAllText(folder[name]));
        }
    }

    [Fact]
    public async Task WriteAsync_that_is_cancelled_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "old");
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AtomicFile.WriteAsync(path, _ => source.CancelAsync(), source.Token));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.txt"], folder.Files);
    }

    [Fact]
    public async Task WriteAsync_writes_through_a_link()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "old");
        File.CreateSymbolicLink(folder["link"], path);
        await AtomicFile.WriteAsync(folder["link"], stream => stream.WriteAsync("new"u8.ToArray()).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
    }

    [Fact]
    public async Task WriteAsync_refuses_a_folder_as_usage()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["sub"]);
        var refusal =
            await Assert.ThrowsAsync<CommandException>(() =>
                AtomicFile.WriteAsync(folder["sub"], Fail, TestContext.Current.CancellationToken));
        Assert.Equal(2, refusal.ExitCode);
    }

    [Fact]
    public async Task WriteAsync_leaves_devices_in_their_place()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev/null.");
        await AtomicFile.WriteAsync("/dev/null", stream => stream.WriteAsync("gone"u8.ToArray()).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    private static async Task Fail(Stream stream)
    {
        await stream.WriteAsync("half"u8.ToArray());
        throw new InvalidDataException("found a fault half way.");
    }
}
