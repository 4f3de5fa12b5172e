using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>
/// Texts read eight at a time come to the bits that the careful reader finds, or are declined; what is no number never
/// comes to one.
/// </summary>
public sealed class DecimalSimdTests
{
    private const byte Point = (byte)'.';

    [Fact]
    public void Read_of_everyday_numbers_gives_their_bits() =>
        Gen.Select(Gen.Double[-1000, 1000], Gen.Int[1, 17])
            .Select((value, digits) => value.ToString("G" + digits, CultureInfo.InvariantCulture))
            .Where(text => !text.Contains('E', StringComparison.Ordinal)).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: false), iter: 3_000);

    [Fact]
    public void Read_of_any_digits_gives_their_bits_or_declines() =>
        Gen.Select(Digits(24), Digits(24), Gen.Bool, Gen.Bool)
            .Select((before, behind, hasPoint, isNegative) =>
                (isNegative ? "-" : "") + before + (hasPoint ? "." + behind : "")).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: true), iter: 5_000);

    [Fact]
    public void Read_of_numbers_with_exponents_gives_their_bits_or_declines() =>
        Gen.Select(Digits(3), Digits(19), Gen.Int[-99, 99], Gen.Bool, Gen.Bool)
            .Select((before, behind, exponent, isNegative, isLarge) =>
                string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{before}.{behind}"
                    + $"{(isLarge ? 'E' : 'e')}{exponent:+00;-00}")).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: true), iter: 5_000);

    [Fact]
    public void Read_of_doubles_printed_with_an_exponent_gives_their_bits() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Int[1, 16]).Where((value, _) => Math.Abs(value) > 1e-3)
            .Select((value, decimals) =>
                value.ToString("0." + new string('0', decimals) + "e+00",
                    CultureInfo.InvariantCulture)).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: false), iter: 3_000);

    // As "%.18e" prints them; those whose last digits might not be lost are declined.
    [Fact]
    public void Read_of_nineteen_digits_gives_the_nearest_double_and_counts_what_is_lost() =>
        Gen.Select(Gen.ULong[100_000_000_000_000_000, 9_999_999_999_999_999_999], Gen.Int[0, 3], Gen.Int[-9, 9])
            .Select((digits, zeros, exponent) =>
                FormattableString.Invariant($"{digits / Ten(zeros) * Ten(zeros)}").Insert(1, ".")
                    + FormattableString.Invariant($"e{exponent:+00;-00}")).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: true), iter: 5_000);

    [Fact]
    public void Read_of_what_looks_like_a_number_gives_the_number_or_declines() =>
        Gen.Char["0123456789.-+eE/: \u00e4,"].Array[1, 26].Select(characters =>
            new string(characters)).Array[1, 60].Sample(
            texts => AssertAgrees(texts, Point, mayDecline: true), iter: 5_000);

    // Points at every place of texts of every length, and two points.
    [Theory]
    [InlineData('.')]
    [InlineData(',')]
    public void Read_finds_the_point_wherever_it_is(char separator)
    {
        for (var length = 1; length <= 18; length++)
        {
            var digits = "314159265358979323"[..length];
            string[] texts = [.. Enumerable.Range(1, length).Select(i => digits.Insert(i, separator.ToString())),
                digits];
            AssertAgrees(texts, (byte)separator, mayDecline: length > 16);
            Assert.All(
                Read(
                    [.. texts[..length].SelectMany(text =>
                        Enumerable.Range(1, text.Length).Select(i => text.Insert(i, separator.ToString())))],
                    (byte)separator), value => Assert.Equal(double.NaN, value));
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", -0.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("5.", 5)]
    [InlineData("007", 7)]
    [InlineData("0.0000000000000000000012", 1.2e-21)]
    [InlineData("-0.0000000000000000000012", -1.2e-21)]
    [InlineData("9007199254740993", double.NaN)] // a double loses its last digit, which is to be told
    [InlineData("4503599627370496.5", double.NaN)] // in the middle between two doubles
    [InlineData("1e5", double.NaN)]
    [InlineData("1e+05", 1e5)]
    [InlineData("-1.5E-03", -1.5e-3)]
    [InlineData("0e+00", 0)]
    [InlineData("1e+23", double.NaN)] // no power that a double holds
    [InlineData("1.2345678901234567891e-03", double.NaN)] // twenty digits
    [InlineData("1.234567890123456789e-03", 1.234567890123456789e-03)]
    [InlineData("-1.000000000000000000e+00", double.NaN)] // nothing is lost, but that takes more care
    [InlineData("1.2.3", double.NaN)]
    [InlineData("12:30", double.NaN)]
    public void Read_of_one_number(string text, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected),
            BitConverter.DoubleToInt64Bits(Read([text], Point)[0] is var value && double.IsNaN(value) ? double.NaN
                : value));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("+5")]
    [InlineData("NA")]
    [InlineData("1234567890123456789012345")]
    public void TryTake_leaves_texts_that_do_not_begin_with_a_digit_or_are_long(string text) =>
        Assert.False(TryTake(new DecimalSimd(1), 0, text));

    [Fact]
    public void Read_keeps_the_values_of_numbers_left_to_others()
    {
        var octets = new DecimalSimd(3);
        Assert.True(TryTake(octets, 0, "1.5"));
        octets.Leave(1);
        Assert.True(TryTake(octets, 2, "-123456789.5"));
        var values = new double[DecimalSimd.Octet];
        values[1] = 1e300;
        Assert.True(octets.Read(3, Point, values));
        Assert.Equal([1.5, 1e300, -123456789.5], values[..3]);
    }

    private static ulong Ten(int power) => (ulong)Math.Pow(10, power);

    private static Gen<string> Digits(int most) =>
        Gen.Char['0', '9'].Array[1, most].Select(digits => new string(digits));

    private static void AssertAgrees(string[] texts, byte separator, bool mayDecline)
    {
        var (values, lost) = ReadAll(texts, separator);
        for (var i = 0; i < texts.Length; i++)
        {
            var expected = DecimalExact.Parse(Encoding.UTF8.GetBytes(texts[i]), separator);
            Assert.True(
                double.IsNaN(values[i]) ? mayDecline
                    : BitConverter.DoubleToInt64Bits(values[i]) == BitConverter.DoubleToInt64Bits(expected.Value)
                        && expected.Outcome is DecimalOutcome.Number or DecimalOutcome.DigitsLost,
                texts[i]);
            lost -= !double.IsNaN(values[i]) && expected.Outcome == DecimalOutcome.DigitsLost ? 1 : 0;
        }

        Assert.Equal(0, lost);
    }

    private static double[] Read(string[] texts, byte separator) => ReadAll(texts, separator).Values;

    // NaN for what is declined, or not taken.
    private static (double[] Values, int DigitsLost) ReadAll(string[] texts, byte separator)
    {
        var octets = new DecimalSimd(texts.Length);
        var values = new double[texts.Length + DecimalSimd.Octet];
        Array.Fill(values, double.NaN);
        for (var i = 0; i < texts.Length; i++)
        {
            if (!TryTake(octets, (uint)i, texts[i]))
            {
                octets.Leave((uint)i);
            }
        }

        octets.Read(texts.Length, separator, values);
        return (values[..texts.Length], octets.DigitsLost);
    }

    // Among digits, which must not be taken for the text's own.
    private static bool TryTake(DecimalSimd octets, uint index, string text)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'7', DecimalFast.SlackBefore), .. Encoding.UTF8.GetBytes(text),
            (byte)';', .. Enumerable.Repeat((byte)'9', DecimalFast.Slack)];
        return octets.TryTake(index, ref bytes[DecimalFast.SlackBefore], 0, Encoding.UTF8.GetByteCount(text),
            hasExponents: true);
    }
}
