using System.Globalization;
using System.Text;

namespace Plumb.Tests;

public sealed class DecimalFastTests
{
    private static readonly Gen<string> s_digits = Gen.String[Gen.OneOf(Gen.Char['0', '9'], Gen.Const('0')), 0, 12];

    private static readonly Gen<string> s_text =
        from sign in Gen.OneOf(Gen.Const(""), Gen.Const("-"), Gen.Const("+"))
        from whole in s_digits
        from fraction in Gen.OneOf(Gen.Const(""), s_digits.Select(digits => "." + digits))
        from exponent in Gen.OneOf(Gen.Const(""), Gen.Int[-340, 320].Select(e => FormattableString.Invariant($"e{e}")),
            Gen.Int[-30, 30].Select(e => FormattableString.Invariant($"E{e:+00;-00}")))
        select sign + whole + fraction + exponent;

    [Fact]
    public void Read_of_a_double_as_it_is_printed_gives_its_bits() =>
        Gen.Select(Gen.Double.Where(double.IsFinite),
            Gen.OneOf(Gen.Const("R"), Gen.Const("E16"), Gen.Const("G15"), Gen.Const("G17"))).Sample(
            (value, format) =>
                AssertAgrees(value.ToString(format, CultureInfo.InvariantCulture),
                    mayDecline: !double.IsNormal(value) || Math.Abs(value) >= 1L << 53), iter: 30_000);

    [Fact]
    public void Read_of_everyday_numbers_gives_their_bits() =>
        Gen.Select(Gen.Double[-1000, 1000], Gen.Int[1, 17]).Sample((value, digits) =>
        {
            AssertAgrees(value.ToString("G" + digits, CultureInfo.InvariantCulture), mayDecline: false);
            AssertAgrees(value.ToString("F" + digits % 14, CultureInfo.InvariantCulture), mayDecline: false);
        }, iter: 30_000);

    [Fact]
    public void Read_of_a_random_text_agrees_with_the_careful_reader_or_declines() =>
        s_text.Sample(text => AssertAgrees(text, mayDecline: true), iter: 30_000);

    [Fact]
    public void Read_of_halfway_points_rounds_to_even() =>
        Gen.Select(Gen.Long[1L << 52, 1L << 53], Gen.Int[-4, 3]).Sample((mantissa, power) =>
        {
            // 2m + 1 lies between two doubles.
            var halfway = (2 * (decimal)mantissa + 1) * (power < 0 ? 1m / (1 << -power) : 1 << power);
            AssertAgrees(halfway.ToString(CultureInfo.InvariantCulture), mayDecline: true);
            AssertAgrees(halfway.ToString(CultureInfo.InvariantCulture) + "e0", mayDecline: true);
        });

    [Fact]
    public void Read_of_a_whole_field_at_once_gives_the_same_or_declines() =>
        Gen.OneOf(s_text, Gen.Double.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            Gen.String[Gen.OneOf('0', '7', '.', '-', '+', 'e', ' ', '"'), 0, 40]).Sample(text =>
        {
            if (!DecimalLanes.IsSupported)
            {
                return;
            }

            var bytes = Bytes(text);
            var atOnce = DecimalLanes.Read(ref bytes[DecimalFast.SlackBefore], 0, text.Length, (byte)'.');
            var byEights = DecimalFast.ReadPlain(ref bytes[DecimalFast.SlackBefore], 0, (byte)'.');
            Assert.True(atOnce.Length == 0 || (atOnce == byEights && atOnce.Length == text.Length), text);
        }, iter: 60_000);

    [Fact]
    public void Ends_of_fields_are_delimiters_and_controls() =>
        Gen.Select(Gen.Byte.Array[DecimalLanes.Window], Gen.OneOf((byte)',', (byte)';', (byte)'\t', (byte)'|'))
            .Sample((bytes, delimiter) =>
            !DecimalLanes.IsSupported
                || Enumerable.Range(0, DecimalLanes.Window)
                    .All(i =>
                        ((DecimalLanes.Ends(ref bytes[0], delimiter) >> i) & 1)
                            == (bytes[i] == delimiter || bytes[i] <= '\r' ? 1UL : 0)));

    [Theory]
    [InlineData("1",
        "1.0 1.5 -2 +3.25 0 -0 0.0 1e5 1.5E-003 0.00012345678901234567 12345678901234567e-10 9007199254740991 00001")]
    [InlineData("0",
        "9007199254740993 123456789012345678 .5 e5 1e 1e+ - + x 1.5e-320 1e309 1e400 0.100000000000000005 4e-324")]
    public void Read_takes_what_is_common_and_declines_what_takes_care(string taken, string texts)
    {
        foreach (var text in texts.Split(' '))
        {
            Assert.True((Read(text).End > 0) == (taken == "1"), text);
            AssertAgrees(text, mayDecline: taken == "0");
        }
    }

    // What lies before and behind the number must make no difference.
    private static byte[] Bytes(string text) =>
        [.. Enumerable.Repeat((byte)'7', DecimalFast.SlackBefore), .. Encoding.UTF8.GetBytes(text), (byte)',',
            .. Enumerable.Repeat((byte)'9', DecimalFast.Slack)];

    private static (int End, DecimalFast Number) Read(string text)
    {
        var bytes = Bytes(text);
        var number = DecimalFast.Read(ref bytes[DecimalFast.SlackBefore], 0, (byte)'.');
        return (number.Length > 0 && !double.IsNaN(number.Value) ? number.Length : -1, number);
    }

    private static void AssertAgrees(string text, bool mayDecline)
    {
        var (end, number) = Read(text);
        if (end < 0)
        {
            Assert.True(mayDecline, text);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = DecimalExact.Parse(bytes.AsSpan(0, end), (byte)'.');
        Assert.Equal(DecimalOutcome.Number, expected.Outcome);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Value), BitConverter.DoubleToInt64Bits(number.Value));
        Assert.Equal(DecimalPlaces.Of(bytes.AsSpan(0, end), (byte)'.'), number.Places);
        Assert.True(end == text.Length || !char.IsAsciiDigit(text[end]), text);
    }
}
