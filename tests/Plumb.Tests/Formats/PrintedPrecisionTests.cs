using System.Globalization;
using System.Text;

namespace Plumb.Tests;

public sealed class PrintedPrecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.25 -0.5 3", 3, 2)]
    [InlineData("1500 7", 4, 0)]
    [InlineData("12.5e-2", 3, 3)]
    [InlineData("1e2", 1, -2)]
    [InlineData("+1.5E+03 2.25E+03", 3, -1)]
    [InlineData("0.00120", 3, 5)]
    [InlineData("007.", 1, 0)]
    [InlineData(".5", 1, 1)]
    [InlineData("0.000 0", 0, 3)]
    [InlineData("0.10000000000000001 2", 17, 17)]
    [InlineData("1e-999", 1, 999)]
    public async Task Precision_of_a_column_is_that_of_its_finest_cells(string cells, int digits, int decimals)
    {
        var precision = await Measure(cells.Split(' '));
        Assert.Equal(digits, precision.SignificantDigitsOf("x"));
        Assert.Equal(decimals, precision.DecimalsOf("x"));
    }

    [Theory]
    [InlineData("1.25 7.5 3", 0.005 * 1.7320508075688772)] // two decimals, zeros dropped
    [InlineData("1.234e-10 1.2e5 0", 50)] // four significant digits
    [InlineData("1500 7", 0.5 * 1.4142135623730951)]
    [InlineData("0 0.00 0 0", 0.01)]
    [InlineData("1e300 3e300", 0.5e300 * 1.4142135623730951)]
    [InlineData("2e2", 50)]
    public async Task LengthOf_a_column_is_half_a_unit_of_each_last_place(string cells, double expected) =>
        Assert.Equal(expected, (await Measure(cells.Split(' '))).LengthOf("x"), 1e-14 * expected);

    [Fact]
    public Task LengthOf_numbers_rounded_to_decimals_is_never_below_their_errors_and_the_rule_holds() =>
        Gen.Select(Gen.Double[-1000, 1000].Array[1, 30], Gen.Int[0, 9],
            Gen.OneOf(Gen.Const("F"), Gen.Const("G"), Gen.Const("E"))).SampleAsync(async (values, places, kind) =>
        {
            var printed =
                values.Select(value =>
                    value.ToString(kind + (kind == "G" ? places + 1 : places), CultureInfo.InvariantCulture)).ToArray();
            var precision = await Measure(printed);
            var (digits, decimals) = (precision.SignificantDigitsOf("x"), precision.DecimalsOf("x"));
            var squares = printed.Select(Decimal)
                .Select(x => x == 0 ? Math.Pow(10, -decimals)
                    : Math.Max(Math.Pow(10, -decimals), Math.Pow(10, Exponent(x) + 1 - digits)));
            Assert.Equal(0.5 * Math.Sqrt(squares.Sum(unit => unit * unit)), precision.LengthOf("x"),
                1e-12 * precision.LengthOf("x"));
            if (kind == "F")
            {
                var error = Math.Sqrt(values.Zip(printed, (value, text) => Math.Pow(value - Decimal(text), 2)).Sum());
                Assert.True(error <= precision.LengthOf("x") * (1 + 1e-6) + 1e-12,
                    $"{error} above {precision.LengthOf("x")}");
            }
        });

    [Fact]
    public async Task Precision_leaves_out_rows_with_missing_values_and_columns_not_asked_for()
    {
        var bytes = Encoding.UTF8.GetBytes("a,x,y\n1.234,1.5,2\n0,\"2.25\",NA\n5.6789,\" 3.5 \",4.25\n");
        await using var reader =
            await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv",
                new CsvFormat { DropMissing = true, MeasurePrecision = true }, Cancellation);
        Assert.Null(reader.Precision);
        await foreach (var block in reader.ReadAsync(["x"], ["y"], Cancellation))
        {
            Assert.Equal(2, block.Rows);
        }

        Assert.Equal(["x", "y"], reader.Precision!.Columns);
        Assert.Equal((2, 1), (reader.Precision.SignificantDigitsOf("x"), reader.Precision.DecimalsOf("x")));
        Assert.Equal((3, 2), (reader.Precision.SignificantDigitsOf("y"), reader.Precision.DecimalsOf("y")));
        Assert.Contains("'a' is not a column that was read",
            Assert.Throws<ArgumentException>(() => reader.Precision.LengthOf("a")).Message, StringComparison.Ordinal);
    }

    private static double Decimal(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The power of ten of the first digit of the text, which has 12 digits or fewer; with 17, 1E-12 would begin with a
    // 9.
    private static int Exponent(double printed) =>
        int.Parse(printed.ToString("E14", CultureInfo.InvariantCulture).Split('E')[1], CultureInfo.InvariantCulture);

    private static async Task<PrintedPrecision> Measure(string[] cells)
    {
        var bytes = Encoding.UTF8.GetBytes("x,y\n" + string.Concat(cells.Select(cell => cell + ",1\n")));
        await using var reader =
            await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv", new CsvFormat { MeasurePrecision = true },
                Cancellation);
        await foreach (var block in reader.ReadAsync(["x"], ["y"], Cancellation))
        {
            Assert.Equal(cells.Length, block.Rows);
        }

        return reader.Precision!;
    }
}
