using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Tests;

public sealed partial class DecimalExactTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", -0.0)]
    [InlineData("+1.", 1)]
    [InlineData(".5", 0.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E-003", 0.0015)]
    [InlineData("0e99999999999999999999", 0)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("2.4703282292062328e-324", double.Epsilon)]
    public void Parse_of_a_number_gives_the_nearest_double(string text, double expected)
    {
        var value = DecimalExact.Parse(Encoding.UTF8.GetBytes(text), (byte)'.');
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value.Value));
        Assert.Equal(DecimalOutcome.Number, value.Outcome);
    }

    [Fact]
    public void Parse_of_long_texts_is_right_too()
    {
        Assert.Equal(1, Parse("0." + new string('0', 10_000) + "1e10001").Value);
        Assert.Equal(1, Parse("1" + new string('0', 10_000) + "e-10000").Value);
        Assert.Equal(1, Parse("1e" + new string('0', 10_000)).Value);
        Assert.Equal(DecimalOutcome.DigitsLost, Parse("1." + new string('0', 10_000) + "1").Outcome);
        Assert.Equal(DecimalOutcome.Overflow, Parse("1" + new string('0', 309)).Outcome);
        Assert.Equal(DecimalOutcome.Underflow, Parse("1e-99999999999999999999").Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.e1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e5.0")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("1,234.5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("4\0")]
    [InlineData("\u0661")]
    public void Parse_of_anything_else_is_not_a_number(string text) =>
        Assert.Equal(DecimalOutcome.NotANumber, Parse(text).Outcome);

    [Fact]
    public void Parse_agrees_with_the_grammar_on_random_texts() =>
        Gen.String[Gen.OneOf(Gen.Char['0', '9'], Gen.OneOf('+', '-', '.', 'e', 'E', ',')), 0, 8].Sample(text =>
            (Parse(text).Outcome != DecimalOutcome.NotANumber) == Grammar().IsMatch(text), iter: 20_000);

    [Fact]
    public void Parse_with_decimal_comma_gives_the_same_and_leaves_the_text_alone() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('.', ',');
            var bytes = Encoding.UTF8.GetBytes(text);
            return DecimalExact.Parse(bytes, (byte)',').Value.Equals(value) && Encoding.UTF8.GetString(bytes) == text;
        });

    [Theory]
    [InlineData("0.1", "Number")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625", "Number")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015626", "DigitsLost")]
    [InlineData("000000000000000000000000.5", "Number")]
    [InlineData("0.50000000000000000000000", "Number")]
    [InlineData("0.12345678901234567", "Number")]
    [InlineData("0.123456789012345678", "DigitsLost")]
    [InlineData("123456789012345678e-18", "DigitsLost")]
    [InlineData("9007199254740992", "Number")]
    [InlineData("-9007199254740993", "IntegerRounded")]
    [InlineData("9007199254740994", "Number")]
    [InlineData("18446744073709551616", "Number")]
    [InlineData("18446744073709551617", "DigitsLost, IntegerRounded")]
    [InlineData("1e23", "Number")]
    public void Parse_tells_which_digits_a_double_does_not_hold(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Outcome.ToString());

    [Fact]
    public void Parse_of_a_double_written_out_in_full_loses_nothing_and_loses_when_a_digit_is_added() =>
        Gen.Double.Where(value => double.IsFinite(value) && value != 0).Sample(value =>
        {
            var text = InFull(value);
            var longer = text.Contains('.', StringComparison.Ordinal) ? text + "1" : text + ".1";
            return Parse(text) == new DecimalValue(value, DecimalOutcome.Number)
                && (longer.Count(char.IsAsciiDigit) < 400 || Parse(longer).Outcome == DecimalOutcome.DigitsLost);
        });

    [GeneratedRegex(@"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\z")]
    private static partial Regex Grammar();

    private static DecimalValue Parse(string text) => DecimalExact.Parse(Encoding.UTF8.GetBytes(text), (byte)'.');

    // m * 2^-k = (m * 5^k) / 10^k
    private static string InFull(double value)
    {
        var (power, whole) = (0, Math.Abs(value));
        while (whole != Math.Floor(whole))
        {
            (power, whole) = (power + 1, whole * 2);
        }

        var digits = (new BigInteger(whole) * BigInteger.Pow(5, power)).ToString(CultureInfo.InvariantCulture)
            .PadLeft(power + 1, '0');
        return (value < 0 ? "-" : "") + digits[..^power] + (power == 0 ? "" : "." + digits[^power..]);
    }
}
