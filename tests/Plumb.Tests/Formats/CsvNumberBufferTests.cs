using System.Globalization;
using System.Numerics;
using System.Text;

namespace Plumb.Tests;

/// <summary>Digits divided eight at a time come to the bits that the careful reader finds, or are declined.</summary>
public sealed class CsvNumberBufferTests
{
    private const int Width = 3;

    [Fact]
    public void Divide_of_everyday_numbers_gives_their_bits() =>
        Gen.Select(Gen.Double[-1000, 1000], Gen.Int[1, 17])
            .Select((value, digits) => value.ToString("G" + digits, CultureInfo.InvariantCulture))
            .Where(text => !text.Contains('E', StringComparison.Ordinal)).Array[1, 100].Sample(
            texts => AssertAgrees(texts, mayDecline: false), iter: 3_000);

    [Fact]
    public void Divide_of_any_digits_gives_their_bits_or_declines() =>
        Gen.Select(Gen.ULong[0, 99_999_999_999_999_999], Gen.Int[0, 57], Gen.Int[0, 30], Gen.Bool)
            .Select((digits, shift, decimals, isNegative) =>
                Text(digits >> shift, decimals, isNegative)).Array[1, 100].Sample(
            texts => AssertAgrees(texts, mayDecline: true), iter: 3_000);

    // The numbers of 17 digits that are nearest to the middle between two doubles, and those in the middle.
    [Fact]
    public void Divide_near_the_middle_between_two_doubles_gives_the_right_one_or_declines() =>
        Gen.Select(Gen.Long[1L << 52, (1L << 53) - 1], Gen.Int[-70, 3], Gen.Int[0, 22], Gen.Int[-1, 1])
            .Select((mantissa, power, decimals, off) =>
        {
            var middle = new BigInteger(2 * mantissa + 1) * BigInteger.Pow(10, decimals); // times 2^(power - 1)
            var digits = power > 0 ? middle << (power - 1) : middle >> (1 - power);
            return Text((ulong)(BigInteger.Abs(digits + off) % 100_000_000_000_000_000), decimals, isNegative: off < 0);
        }).Array[1, 100].Sample(texts => AssertAgrees(texts, mayDecline: true), iter: 10_000);

    [Theory]
    [InlineData("9007199254740993", true)] // in the middle, as a whole number
    [InlineData("900719925474099.25", false)]
    [InlineData("4503599627370496.5", true)] // likewise, with a fraction
    [InlineData("4503599627370497.5", true)]
    [InlineData("-0.0", false)]
    [InlineData("0.1", false)]
    [InlineData("0.0000000000000000000000000012", true)]
    public void Divide_of_one_number(string text, bool isDeclined)
    {
        var value = Divide([text, "1", "2"])[0];
        Assert.Equal(isDeclined, double.IsNaN(value));
        AssertAgrees([text], mayDecline: isDeclined);
    }

    [Fact]
    public void Divide_leaves_values_that_were_kept()
    {
        var numbers = new CsvNumberBuffer(Width);
        numbers.Take(0, Cell("1.5"));
        numbers.Take(1, CsvNumberBuffer.Cell.Kept);
        numbers.Row[1] = 1e300;
        numbers.Take(2, Cell("-2.5"));
        numbers.EndRow();
        numbers.Divide((byte)'.');
        Assert.Equal([1.5, 1e300, -2.5], numbers.Values.ToArray());
    }

    private static string Text(ulong digits, int decimals, bool isNegative)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return (isNegative ? "-" : "") + (decimals > 0 ? text.Insert(text.Length - decimals, ".") : text);
    }

    private static void AssertAgrees(string[] texts, bool mayDecline)
    {
        var values = Divide(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            var expected = DecimalExact.Parse(Encoding.UTF8.GetBytes(texts[i]), (byte)'.');
            Assert.True(
                double.IsNaN(values[i]) ? mayDecline
                    : BitConverter.DoubleToInt64Bits(values[i]) == BitConverter.DoubleToInt64Bits(expected.Value)
                        && expected.Outcome == DecimalOutcome.Number, texts[i]);
        }
    }

    private static double[] Divide(string[] texts)
    {
        var numbers = new CsvNumberBuffer(Width);
        for (var i = 0; i < texts.Length; i += Width)
        {
            for (var slot = 0; slot < Width; slot++)
            {
                numbers.Take(slot, i + slot < texts.Length ? Cell(texts[i + slot]) : CsvNumberBuffer.Cell.Kept);
            }

            numbers.EndRow();
        }

        numbers.Divide((byte)'.');
        return numbers.Values.ToArray();
    }

    private static CsvNumberBuffer.Cell Cell(string text)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'7', DecimalFast.SlackBefore), .. Encoding.UTF8.GetBytes(text),
            (byte)',', .. Enumerable.Repeat((byte)'9', DecimalFast.Slack)];
        var number = DecimalFast.ReadPlain(ref bytes[DecimalFast.SlackBefore], 0, (byte)'.');
        Assert.Equal(text.Length, number.Length);
        return new CsvNumberBuffer.Cell(number, start: 0);
    }
}
