using System.Globalization;
using System.Text.Json;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>
/// --numbers auto: decimals are taken where doubles leave to their rounding what decimals decide, and nowhere else.
/// </summary>
public sealed class NumbersAsMeantTests
{
    private const string Taken = "decimals-taken";
    private const string NotTaken = "decimals-not-taken";
    private const string Longer = // b is a, and the target a - b, but for what no double holds
        "a,b,y\n0.1,0.10000000000000000013,-26\n0.2,0.20000000000000000041,-82\n0.3,0.29999999999999999988,24\n"
        + "0.4,0.4,0\n0.7,0.70000000000000000123,-246\n0.8,0.80000000000000000021,-42\n";

    private const string Tenths = "x,y\n0.1,0.3\n0.2,0.6\n0.3,0.9\n0.7,2.1\n";

    private static string DecimalSum => Reference.PathOf("verdicts", "decimal_sum.csv");

    [Fact]
    public async Task Sum_of_decimals_is_an_exact_dependence()
    {
        var fit = (await CliRun.Of("fit", DecimalSum, "--target", "y", "--json")).Json();
        Assert.Equal(3, fit.Number("rank"));
        Assert.All(fit.GetProperty("weights")[0].Numbers(), weight => Assert.True(double.IsNaN(weight)));
        var dependence = Assert.Single(fit.GetProperty("dependencies").EnumerateArray());
        Assert.Equal(("x2 = 0.4 x1 + 0.4 x4", "exact"), (dependence.Text("text"), dependence.Text("kind")));
        Assert.DoesNotContain("near-dependence", fit.Codes());
        Assert.Equal(
            "The numbers are taken as the decimals they are written as (0.1 is one tenth): rounding them to doubles "
                + "hides that x2 = 0.4 x1 + 0.4 x4.",
            MessageOf(fit, Taken));
    }

    [Fact]
    public async Task Doubles_are_kept_where_they_are_asked_for()
    {
        var fit = (await CliRun.Of("fit", DecimalSum, "--target", "y", "--numbers", "double", "--json")).Json();
        Assert.Equal(4, fit.Number("rank"));
        Assert.Contains("near-dependence", fit.Codes());
        Assert.DoesNotContain(Taken, fit.Codes());
        Assert.DoesNotContain(NotTaken, fit.Codes());
    }

    [Fact]
    public async Task Auto_gives_what_decimals_give_from_a_file_and_from_standard_input()
    {
        var text = await File.ReadAllTextAsync(DecimalSum, TestContext.Current.CancellationToken);
        var decimals =
            Numbers((await CliRun.Of("fit", DecimalSum, "--target", "y", "--numbers", "decimal", "--json")).Json());
        Assert.Equal(decimals, Numbers((await CliRun.Of("fit", DecimalSum, "--target", "y", "--json")).Json()));
        Assert.Equal(decimals, Numbers((await CliRun.WithInput(text, "fit", "-", "--target", "y", "--json")).Json()));
    }

    [Fact]
    public async Task Explanation_takes_the_same_numbers()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CliRun.Of("fit", DecimalSum, "--target", "y", "-o", folder["m.json"])).ExitCode);
        var explanation = (await CliRun.Of("explain", folder["m.json"], DecimalSum, "--json")).Json();
        Assert.Contains(Taken, explanation.Codes());
        Assert.Contains("x2 = 0.4 x1 + 0.4 x4", MessageOf(explanation, "not-identified"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_that_are_exact_in_decimals_get_exact_weights()
    {
        var fit = (await CliRun.WithInput(Tenths, "fit", "-", "--target", "y", "--json")).Json();
        Assert.Equal([3.0, 0.0], fit.Parameters()[0]);
        Assert.Contains("exact-fit", fit.Codes());
        Assert.EndsWith("hides that 'y' is an exact affine function of the inputs.", MessageOf(fit, Taken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Constant_decimals_need_no_second_reading()
    {
        var fit =
            (await CliRun.WithInput("x,y,z\n0.1,10,1\n0.1,20,2\n0.1,30,4\n", "fit", "-", "--target", "z",
                "--json")).Json();
        Assert.Equal("x = 0.1", Assert.Single(fit.GetProperty("dependencies").EnumerateArray()).Text("text"));
        Assert.DoesNotContain(Taken, fit.Codes());
    }

    [Fact]
    public async Task Powers_of_decimals_are_decided_as_well()
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(1, 9)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 0.7m},{i * i * 0.49m},{i * 7 % 5}"));
        var data = folder.Write("t.csv", "a,b,y\n" + string.Join('\n', lines) + "\n");
        var fit = (await CliRun.Of("fit", data, "--target", "y", "--input", "a^2,b", "--json")).Json();
        Assert.Equal("a^2 = b", Assert.Single(fit.GetProperty("dependencies").EnumerateArray()).Text("text"));
        Assert.Contains(Taken, fit.Codes());
    }

    [Fact]
    public async Task Numbers_that_a_program_printed_in_full_stay_the_doubles_they_were()
    {
        // c is the rounded sum of a and b: it hangs on the last bit, in doubles and in the decimals that stand for
        // them.
        var random = new RandomSource(7);
        var lines = Enumerable.Range(0, 12)
            .Select(_ => (A: random.NextDouble(), B: random.NextDouble(), Y: random.NextNormal()))
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.A},{row.B},{row.A + row.B},{row.Y}"));
        var run = await CliRun.WithInput("a,b,c,y\n" + string.Join('\n', lines) + "\n", "fit", "-", "--target", "y",
            "--json");
        Assert.Contains("near-dependence", run.Json().Codes());
        Assert.DoesNotContain(Taken, run.Json().Codes());
    }

    [Theory]
    [InlineData("--weight", false)]
    [InlineData("--frequency", false)]
    [InlineData("--weight", true)]
    public async Task Weighted_rows_are_taken_as_decimals_too(string option, bool isStandardInput)
    {
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(DecimalSum, TestContext.Current.CancellationToken);
        string WithWeight(string line, int i) => line + (i == 0 ? ",w" : FormattableString.Invariant($",{i % 3}"));
        var text = string.Join('\n', lines.Select(WithWeight)) + "\n";
        var data = isStandardInput ? "-" : folder.Write("t.csv", text);
        var run = await CliRun.WithInput(isStandardInput ? text : "", "fit", data, "--target", "y", option, "w",
            "--json");
        var fit = run.Json();
        Assert.EndsWith("hides that x2 = 0.4 x1 + 0.4 x4.", MessageOf(fit, Taken), StringComparison.Ordinal);
        Assert.Contains("weight-zero", fit.Codes());
        var same = folder.Write("u.csv", text);
        var asked =
            (await CliRun.Of("fit", same, "--target", "y", option, "w", "--numbers", "decimal", "--json")).Json();
        Assert.Equal(Numbers(asked), Numbers(fit));
    }

    [Fact]
    public async Task Digits_that_doubles_lose_decide_where_doubles_are_equal()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv", Longer);
        var fit = (await CliRun.Of("fit", data, "--target", "y", "--json")).Json();
        Assert.Equal((3, 0), (fit.Number("rank"), fit.GetProperty("dependencies").GetArrayLength()));
        Assert.Contains("would make a = b hold on every row", MessageOf(fit, Taken), StringComparison.Ordinal);
        Assert.Equal([2e20, -2e20, 0], fit.Parameters()[0]);
        Assert.DoesNotContain("trust", fit.Text("verdict"), StringComparison.Ordinal); // rows are looked at in doubles
    }

    [Fact]
    public async Task Last_digit_written_is_not_trusted_either()
    {
        using var folder = new TemporaryFolder();
        const string Rows =
            "0.1,0.10000000000000000001,1\n0.2,0.2,2\n0.3,0.30000000000000000001,2\n0.4,0.4,5\n0.7,0.7,6\n";
        var data = folder.Write("t.csv", "a,b,y\n" + Rows);
        var fit = (await CliRun.Of("fit", data, "--target", "y", "--json")).Json();
        Assert.Equal((3, 2), (fit.Number("rank"), fit.GetProperty("nearRank").Number("rank")));
        Assert.Contains("near-dependence", fit.Codes());
    }

    [Fact]
    public async Task Digits_lost_of_standard_input_leave_it_open_and_say_so()
    {
        var fit = (await CliRun.WithInput(Longer, "fit", "-", "--target", "y", "--json")).Json();
        Assert.Equal(2, fit.Number("rank"));
        Assert.Contains("may be all that makes a relation exact", MessageOf(fit, NotTaken), StringComparison.Ordinal);
        Assert.Contains("cannot be read twice", MessageOf(fit, NotTaken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doubles_printed_in_more_digits_than_they_have_stay_doubles()
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(1, 12)
            .Select(i => FormattableString.Invariant($"{i / 10.0:E18},{i / 5.0:E18},{i * i % 7:E18}"));
        var data = folder.Write("t.csv", "a,b,y\n" + string.Join('\n', lines) + "\n");
        var fit = (await CliRun.Of("fit", data, "--target", "y", "--json")).Json();
        Assert.Contains("digits-lost", fit.Codes());
        Assert.Equal("b = 2 a", Assert.Single(fit.GetProperty("dependencies").EnumerateArray()).Text("text"));
        Assert.DoesNotContain(Taken, fit.Codes());
    }

    [Fact]
    public async Task Data_that_do_not_hang_on_rounding_are_read_once()
    {
        using var output = new MemoryStream();
        var terminal = ProcessStreams.Redirected(new MemoryStream(), output, TextWriter.Null);
        var given = new DataArguments([Path.Combine(Repository.Root, "samples", "energy.csv")], new CsvFormat());
        var cancellation = TestContext.Current.CancellationToken;
        var data =
            await LoadedData.ReadAsync(given,
                columns => Plumb.Cli.Names.Choose(columns, [], ["heating_load", "cooling_load"], [], given.Name),
                terminal, cancellation);
        data = data with { AsDecimals = (_, _) => throw new InvalidOperationException("read again") };
        var fit = new LeastSquares().Fit(data.Moments);
        Assert.True(data.MayBeDecimals);
        var decided = await NumbersAsMeant.DecideAsync(data, fit, withSpectrum: false, terminal, cancellation);
        Assert.Same(data, decided.Data);
        Assert.Same(fit, decided.Fit);
    }

    [Fact]
    public async Task Numbers_of_too_many_digits_stay_doubles()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv",
            "a,b,c,y\n0.1,0.2,0.3,1e-20\n0.7,0.1,0.8,1e20\n1.1,2.2,3.3,5\n0.3,0.6,0.9,2\n1e-3,2.5e-2,0.026,7\n");
        var fit = (await CliRun.Of("fit", data, "--target", "y", "--json")).Json();
        Assert.Contains("they have too many digits", MessageOf(fit, NotTaken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_sums_are_found_whatever_the_digits()
    {
        var problems = from rows in Gen.Int[6, 12]
                       from places in Gen.Int[1, 6].Array[2]
                       from columns in Gen.Int[-9999, 9999].Array[3].Array[rows]
                       from factors in Gen.Int[1, 99].Array[2]
                       select (rows, places, columns, factors);
        await problems.SampleAsync(async problem =>
        {
            decimal[] units = [.. problem.places.Select(places => 1m / (decimal)Math.Pow(10, places))];
            var lines = problem.columns.Select(row =>
            {
                var (a, b) = (row[0] * units[0], row[1] * units[1]);
                return string.Create(CultureInfo.InvariantCulture, $"{a},{b},"
                    + $"{(problem.factors[0] * a + problem.factors[1] * b) / 10m},{row[2]}");
            });
            var fit =
                (await CliRun.WithInput("a,b,c,y\n" + string.Join('\n', lines) + "\n", "fit", "-", "--target", "y",
                    "--json")).Json();
            return fit.Number("rank") <= 3 && !fit.Codes().Contains("near-dependence");
        }, iter: 100);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-123456.789012345, "-123456.789012345")]
    [InlineData(1e-13, "0.0000000000001")]
    [InlineData(0, "0")]
    [InlineData(1e-14, null)] // a decimal has no place for 15 digits of it
    [InlineData(0.1 + 0.2, null)] // 17 digits
    [InlineData(1e28, null)]
    public void Doubles_tell_the_decimals_of_fifteen_digits_they_were_written_as(double value, string? text) =>
        Assert.Equal(text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture),
            ShortDecimals.TryOf(value));

    [Fact]
    public void Every_decimal_of_fifteen_digits_is_told_from_its_double() =>
        (from digits in Gen.Long[-999_999_999_999_999, 999_999_999_999_999]
         from places in Gen.Int[0, 12]
         select (digits, places)).Sample(number =>
     {
         var written = new decimal(number.digits) / (decimal)Math.Pow(10, number.places);
         var read = double.Parse(written.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
         return Math.Abs(read) < 1e-13 || ShortDecimals.TryOf(read) == written;
     });

    private static string MessageOf(JsonElement document, string code) =>
        Assert.Single(document.GetProperty("findings").EnumerateArray(), finding => finding.Text("code") == code)
            .Text("message");

    private static string[] Numbers(JsonElement fit) =>
        [.. new[] { "rank", "weights", "bias", "minimumNorm", "standardErrors", "digits", "rSquared", "fStatistic",
            "rowTests" }.Select(name => fit.GetProperty(name).GetRawText())];
}
