using System.Text.Json;
using System.Text.RegularExpressions;

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
        Assert.Equal(WithoutPress(ofData), WithoutPress(ofMoments));

        static string[] WithoutPress(CliRun run) => [.. run.WithoutRowTests().Select(property =>
            Regex.Replace(property, "\"(press|predictedRSquared)\": \\[[^]]*\\]", ""))];
    }

    [Fact]
    public async Task Train_in_batches_on_moments_says_what_it_lacks()
    {
        Assert.Equal(0, (await CliRun.Of("moments", Energy, "-o", _folder["energy.moments"])).ExitCode);
        var run = await CliRun.Of("train", _folder["energy.moments"], "--target", "heating_load", "--batch", "4");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("holds moments, not rows", run.Error);
    }
}
