namespace Plumb.Tests.Cli;

/// <summary>Weights of R, statsmodels and pandas whose inputs are levels of categories.</summary>
public sealed class ForeignLevelTests
{
    private static readonly string s_iris =
        Path.Combine(Repository.Root, "tests/Plumb.Tests/data/factors/iris_species.csv");

    // By R's lm, of Sepal.Length on Petal.Length * Species.
    private const string Crossed = "term,estimate\n(Intercept),4.213168223034252\nPetal.Length,0.54229259710379685\n"
        + "{0},-1.8056451176738104\n{1},-3.1535091321251598\n{2},0.28598836407919836\n{3},0.45344603925984017\n";

    [Theory]
    [InlineData("Speciesversicolor,Speciesvirginica,Petal.Length:Speciesversicolor,Petal.Length:Speciesvirginica")]
    [InlineData("Speciesvirginica,Speciesversicolor,Speciesvirginica:Petal.Length,Speciesversicolor:Petal.Length",
        true)]
    [InlineData("C(Species)[T.versicolor],C(Species)[T.virginica],Petal.Length:C(Species)[T.versicolor],"
        + "Petal.Length:C(Species)[T.virginica]")]
    [InlineData("Species_versicolor,Species_virginica,Petal.Length:Species_versicolor,Petal.Length:Species_virginica")]
    [InlineData("Species[versicolor],Species[virginica],Petal.Length:Species[versicolor],"
        + "Petal.Length:Species[virginica]")]
    [InlineData("factor(Species)versicolor,factor(Species)virginica,Petal.Length:factor(Species)versicolor,"
        + "Petal.Length:factor(Species)virginica")]
    public async Task Weights_are_the_best_fit_however_their_inputs_are_named(string names, bool swaps = false)
    {
        using var folder = new TemporaryFolder();
        var terms = names.Split(',');
        var text = swaps
            ? Crossed.Replace("{0}", "{9}", StringComparison.Ordinal).Replace("{1}", "{0}", StringComparison.Ordinal)
                .Replace("{9}", "{1}", StringComparison.Ordinal).Replace("{2}", "{9}", StringComparison.Ordinal)
                .Replace("{3}", "{2}", StringComparison.Ordinal).Replace("{9}", "{3}", StringComparison.Ordinal)
            : Crossed;
        folder.Write("w.csv", string.Format(System.Globalization.CultureInfo.InvariantCulture, text,
            terms[0], terms[1], terms[2], terms[3]));
        var run = await CliRun.Of("explain", folder["w.csv"], s_iris, "--target", "Sepal.Length");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Your W and b are the best fit", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("Species: 3 levels; versicolor and virginica against setosa.", run.OneLine(),
            StringComparison.Ordinal);
        Assert.Contains(swaps ? "Species[virginica]:Petal.Length" : "Petal.Length:Species[virginica]", run.Output,
            StringComparison.Ordinal);
        run = await CliRun.Of("score", folder["w.csv"], s_iris, "--target", "Sepal.Length");
        Assert.Contains("explains 84.0%", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Level_without_a_weight_is_the_one_that_others_are_compared_with()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.csv", "term,estimate\n(Intercept),6.588\nSpeciessetosa,-1.582\nSpeciesversicolor,-0.652\n");
        var run = await CliRun.Of("explain", folder["w.csv"], s_iris, "--target", "Sepal.Length");
        Assert.Contains("setosa and versicolor against virginica", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("Your W and b are the best fit", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_without_weights_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.csv", "term,estimate\n(Intercept),5\nSpeciesvirginica,1.5\n");
        var run = await CliRun.Of("explain", folder["w.csv"], s_iris, "--target", "Sepal.Length");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("w.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_without_names_take_columns_of_texts_as_a_fit_does()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.csv", "0.93,1.582,5.006\n");
        var run = await CliRun.Of("explain", folder["w.csv"], s_iris, "--target", "Sepal.Length", "--input", "Species",
            "--bias-at", "last");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Your W and b are the best fit", run.OneLine(), StringComparison.Ordinal);
    }
}
