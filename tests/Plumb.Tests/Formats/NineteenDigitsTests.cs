using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>
/// Numbers of 18 and 19 digits come to the bits, and to the losses, that the careful reader finds, or are declined.
/// </summary>
public sealed class NineteenDigitsTests
{
    private static readonly Gen<string> s_digits =
        Gen.Select(Gen.Char['1', '9'], Gen.Char['0', '9'].Array[0, 18], Gen.Int[0, 4])
            .Select((first, others, zeros) => first + new string(others) + new string('0', zeros));

    private static readonly Gen<string> s_text =
        from sign in Gen.OneOf(Gen.Const(""), Gen.Const("-"), Gen.Const("+"))
        from digits in s_digits
        from place in Gen.Int[0, 24]
        from exponent in Gen.OneOf(Gen.Const(""), Gen.Int[-330, 310].Select(e => FormattableString.Invariant($"e{e}")),
            Gen.Int[-30, 30].Select(e => FormattableString.Invariant($"E{e:+00;-00}")))
        select sign + (place == 0 ? "0." + digits : place < digits.Length ? digits.Insert(place, ".") : digits)
            + exponent;

    [Fact]
    public void Find_of_a_random_text_agrees_with_the_careful_reader_or_declines() =>
        s_text.Sample(text => AssertAgrees(text, mayDecline: true), iter: 50_000);

    [Fact]
    public void Find_of_a_double_printed_to_eighteen_decimals_gives_its_bits_unless_all_digits_count() =>
        Gen.Double[-1e6, 1e6].Where(value => value != 0)
            .Select(value => value.ToString("0.000000000000000000e+00", CultureInfo.InvariantCulture)).Sample(
            text =>
                AssertAgrees(text,
                    mayDecline: Careful(text).Outcome == DecimalOutcome.Number
                        && text.Split('e')[0].TrimEnd('0').Length > 17),
            iter: 20_000);

    // Even in the middle between two doubles, and next to it.
    [Fact]
    public void Find_of_a_whole_number_gives_the_nearest_double_and_whether_it_is_another() =>
        Gen.Select(Gen.ULong[100_000_000_000_000_000, 9_999_999_999_999_999_999], Gen.Int[0, 11], Gen.Int[-1, 1])
            .Sample(
            (number, bits, off) =>
                AssertAgrees(
                    (((number >> bits) << bits) + (1UL << bits >> 1) + (ulong)off).ToString(
                        CultureInfo.InvariantCulture), mayDecline: false),
            iter: 20_000);

    [Theory]
    [InlineData("1700000000000000000", DecimalOutcome.Number)]
    [InlineData("1700000000000000001", DecimalOutcome.DigitsLost | DecimalOutcome.IntegerRounded)]
    [InlineData("9223372036854775808", DecimalOutcome.Number)]
    [InlineData("9223372036854775807", DecimalOutcome.DigitsLost | DecimalOutcome.IntegerRounded)]
    [InlineData("1.000000000000000000e+00", DecimalOutcome.Number)]
    [InlineData("1.234567890123456789e-03", DecimalOutcome.DigitsLost)]
    [InlineData("-123456789012345678.0", DecimalOutcome.DigitsLost)]
    public void Find_of_one_number(string text, object outcome)
    {
        Assert.Equal(outcome, Read(text).Find().Outcome);
        AssertAgrees(text, mayDecline: false);
    }

    [Theory]
    [InlineData("12345678901234567890")]
    [InlineData(".5")]
    [InlineData("NA")]
    [InlineData("-")]
    public void Read_declines_other_texts(string text) => Assert.Equal(0, Read(text).Number.Length);

    private static void AssertAgrees(string text, bool mayDecline)
    {
        var number = Read(text);
        var found = number.Number.Length == 0 ? new DecimalValue(0, DecimalOutcome.NotANumber) : number.Find();
        var expected = Careful(text);
        Assert.True(
            found.Outcome == DecimalOutcome.NotANumber ? mayDecline
                : number.Number.Length == text.Length && found.Outcome == expected.Outcome
                    && BitConverter.DoubleToInt64Bits(found.Value) == BitConverter.DoubleToInt64Bits(expected.Value),
            text);
    }

    private static DecimalValue Careful(string text) => DecimalExact.Parse(Encoding.UTF8.GetBytes(text), (byte)'.');

    private static NineteenDigits Read(string text)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), (byte)',',
            .. Enumerable.Repeat((byte)'9', DecimalFast.Slack)];
        return NineteenDigits.Read(ref bytes[0], 0, (byte)'.');
    }
}
