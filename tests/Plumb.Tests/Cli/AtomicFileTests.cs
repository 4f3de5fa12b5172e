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
    public async Task WriteAsync_removes_what_a_killed_run_left_long_ago_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string[] kept = [".a.txt.abcdefgh.new", ".a.txt.bak", ".b.txt.abcdefgh.ijk", "a.txt"];
        foreach (var name in kept.Append(".a.txt.abcdefgh.ijk"))
        {
            File.SetLastWriteTimeUtc(folder.Write(name, "old"),
                DateTime.UtcNow.AddDays(name.EndsWith("new", StringComparison.Ordinal) ? 0 : -2));
        }

        await AtomicFile.WriteAsync(folder["a.txt"], stream => stream.WriteAsync("new"u8.ToArray()).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal(kept, folder.Files);
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
