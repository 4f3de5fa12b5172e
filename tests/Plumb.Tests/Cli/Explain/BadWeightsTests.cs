namespace Plumb.Tests.Cli;

/// <summary>
/// Every awkward file of weights of the manifest, as a user meets it: by 'plumb explain' and the other commands that
/// take a map.
/// </summary>
[Collection(nameof(Alone))]
public sealed class BadWeightsTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var entry in Reference.Json("badinputs", "manifest.json").EnumerateArray())
            {
                if (entry.GetProperty("file").GetString() is { } file
                    && Path.GetExtension(file) is ".npy" or ".npz" or ".safetensors")
                {
                    cases.Add(entry.Text("file"), entry.Text("cls"));
                }
            }

            return cases;
        }
    }

    [Fact]
    public void Manifest_covers_every_file() => Assert.Equal(
        Directory.GetFiles(Reference.PathOf("badinputs")).Select(path => Path.GetFileName(path)!)
            .Where(name => Path.GetExtension(name) is ".npy" or ".npz" or ".safetensors").Order(StringComparer.Ordinal),
        Cases.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Explain_of_awkward_weights_does_what_their_class_says(string file, string kind)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("d.csv", "x1,x2,x3,y1,y2\n1,2,3,4,5\n2,3,1,6,7\n5,1,2,0,1\n3,3,1,1,1\n4,0,2,2,1\n");
        var path = Reference.PathOf("badinputs", file);
        string[] columns = file switch
        {
            "npy_f2.npy" => ["--target", "y1", "--input", "x1,x2,x3"],
            "npy_u8_big.npy" => ["--target", "y1", "--input", "x1,x2"],
            _ => ["--target", "y1,y2"],
        };
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var run = await CliRun.Of(["explain", path, data, .. columns, "--json"]);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, BadInputTests.MostAllocatedFor(path));
        if (kind.StartsWith("refuse(", StringComparison.Ordinal))
        {
            Assert.Equal((kind, ""), ($"refuse({run.ExitCode})", run.Output));
            Assert.StartsWith("plumb: " + path + ": ", run.Error, StringComparison.Ordinal);
            Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
            Assert.Contains("; ", run.Error); // the remedy
            Assert.All(
                new[] { await CliRun.Of("predict", path, data),
                    await CliRun.Of("train", data, "--target", "y1,y2", "--init", path) },
                other => Assert.Equal((3, run.Error), (other.ExitCode, other.Error)));
            return;
        }

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(kind,
            run.Json().Codes().Any(code => code is "trailing-bytes" or "few-digits" or "integers-rounded")
                ? "accept+warn" : "accept");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Moments_of_awkward_arrays_do_what_their_class_says(string file, string kind)
    {
        using var folder = new TemporaryFolder();
        var path = Reference.PathOf("badinputs", file);
        var run = await CliRun.Of("moments", path, "-o", folder["a.moments"]);
        if (kind.StartsWith("refuse(", StringComparison.Ordinal))
        {
            Assert.Equal((kind, ""), ($"refuse({run.ExitCode})", run.Output));
            Assert.StartsWith("plumb: " + path + ": ", run.Error, StringComparison.Ordinal);
            Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
            Assert.Contains("; ", run.Error); // the remedy
            Assert.False(File.Exists(folder["a.moments"]));
            return;
        }

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(kind, run.Error.Contains("warning: ", StringComparison.Ordinal) ? "accept+warn" : "accept");
    }

    [Fact]
    public async Task Fortran_order_is_not_the_transpose()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("d.csv", "a,b,c\n0,1,0\n");
        Assert.Equal("y1,y2\n3,4\n",
            (await CliRun.Of("predict", Reference.PathOf("badinputs", "npy_fortran.npy"), data, "--input",
                "a,b,c")).Output);
    }
}
