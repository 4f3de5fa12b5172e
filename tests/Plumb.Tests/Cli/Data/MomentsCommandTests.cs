using System.Text.Json;

namespace Plumb.Tests.Cli;

public sealed class MomentsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Energy => Path.Combine(Repository.Root, "samples", "energy.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_of_moments_is_the_fit_of_the_data()
    {
        var moments = _folder["energy.moments"];
        Assert.Equal(0, (await CliRun.Of("moments", Energy, "-o", moments)).ExitCode);
        var ofMoments = await CliRun.Of("fit", moments, "--target", "heating_load,cooling_load", "--json");
        // Rows show uneven noise, moments cannot.
        var ofData = await CliRun.Of("fit", Energy, "--target", "heating_load,cooling_load", "--errors", "classical",
            "--json");
        Assert.Equal(0, ofMoments.ExitCode);
        // Moments hold no rows, which is all that differs.
        Assert.Equal(JsonValueKind.Null, ofMoments.Json().GetProperty("rowTests").ValueKind);
        Assert.Equal(ofData.WithoutRowTests(), ofMoments.WithoutRowTests());
    }

    [Fact]
    public async Task Merge_of_parts_in_any_order_is_the_moments_of_the_whole_to_the_byte()
    {
        var lines = await File.ReadAllLinesAsync(Energy, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_folder["a.csv"], lines[..300], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_folder["b.csv"], [lines[0], .. lines[300..]],
            TestContext.Current.CancellationToken);
        foreach (var part in new[] { "a", "b" })
        {
            Assert.Equal(0,
                (await CliRun.Of("moments", _folder[part + ".csv"], "-o", _folder[part + ".moments"])).ExitCode);
        }

        Assert.Equal(0, (await CliRun.Of("moments", Energy, "-o", _folder["all.moments"])).ExitCode);
        Assert.Equal(0,
            (await CliRun.Of("merge", _folder["b.moments"], _folder["a.moments"], "-o",
                _folder["merged.moments"])).ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(_folder["all.moments"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_folder["merged.moments"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Train_in_batches_on_moments_says_what_it_lacks()
    {
        Assert.Equal(0, (await CliRun.Of("moments", Energy, "-o", _folder["energy.moments"])).ExitCode);
        var run = await CliRun.Of("train", _folder["energy.moments"], "--target", "heating_load", "--batch", "4");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("holds moments, not rows", run.Error);
    }

    [Fact]
    public async Task Merge_of_other_columns_is_refused()
    {
        Assert.Equal(0,
            (await CliRun.Of("moments", Energy, "--column", "height", "-o", _folder["a.moments"])).ExitCode);
        Assert.Equal(0,
            (await CliRun.Of("moments", Energy, "--column", "wall_area", "-o", _folder["b.moments"])).ExitCode);
        var run = await CliRun.Of("merge", _folder["a.moments"], _folder["b.moments"], "-o", _folder["c.moments"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("wall_area", run.Error);
        Assert.False(File.Exists(_folder["c.moments"]));
    }
}
