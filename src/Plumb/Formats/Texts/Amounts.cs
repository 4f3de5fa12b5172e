using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Amounts: numbers with a sign of percent or of money, the same one in every cell, as in 12 % or $1,189.00. 12 % is
/// 12.
/// </summary>
public sealed class Amounts : TextReading
{
    private readonly byte _decimals;
    private readonly char? _givenThousands;
    private readonly ThousandsEvidence _evidence;
    private string? _sign;
    private string? _example;

    /// <summary>Amounts whose sign the first one shows.</summary>
    /// <param name="decimalSeparator">What stands before decimals: a point or a comma.</param>
    /// <param name="thousandsSeparator">What stands between groups of three digits; null where nothing does, unless
    /// the first rows plainly show it.</param>
    public Amounts(char decimalSeparator = '.', char? thousandsSeparator = null) =>
        (_decimals, _givenThousands, _evidence) =
            ((byte)decimalSeparator, thousandsSeparator, new ThousandsEvidence((byte)decimalSeparator));

    /// <summary>The sign; null before the first cell.</summary>
    public string? Sign => Volatile.Read(ref _sign);

    /// <summary>What stands between groups of three digits: as given, or as the first rows show.</summary>
    public char? Thousands => _givenThousands ?? (char?)_evidence.Found?.Separator;

    /// <inheritdoc/>
    public override string Expected => $"a number with the sign {Sign ?? "%"}, as in the first row";

    /// <summary>What was read, and as what; empty before the first cell.</summary>
    /// <param name="column">The column.</param>
    internal IReadOnlyList<Finding> FindingsOf(string column)
    {
        if (Volatile.Read(ref _example) is not { } example || !TryRead(Encoding.UTF8.GetBytes(example), out var number))
        {
            return [];
        }

        var thousands = Thousands is { } mark && _givenThousands is null
            ? $"; '{mark}' separates thousands, as in '{Escaped.Of(_evidence.Found!.Value.Example)}'" : "";
        return [new Finding(Severity.Information, "amount", string.Create(CultureInfo.InvariantCulture,
            $"{Escaped.Of(column)}: numbers in {Sign}, so '{Escaped.Of(example)}' is {number}{thousands}."), "")];
    }

    /// <inheritdoc/>
    public override void Look(ReadOnlySpan<byte> cell)
    {
        if (AmountOf(cell) is { } amount)
        {
            KeepFirst(amount, cell);
            _evidence.Add(Encoding.UTF8.GetBytes(amount.Number));
        }
    }

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        number = 0;
        if (AmountOf(cell) is not { } amount)
        {
            return false;
        }

        KeepFirst(amount, cell);
        var text = Encoding.UTF8.GetBytes(amount.Number);
        return amount.Sign == Sign && TryNumber(text, _decimals, Thousands ?? ShownBy(text), out number);
    }

    /// <inheritdoc/>
    public override string ExpectedFor(ReadOnlySpan<byte> cell)
    {
        if (AmountOf(cell) is not { } amount || amount.Sign != Sign)
        {
            return Expected;
        }

        var number = Encoding.UTF8.GetBytes(amount.Number);
        return Grouped(number) is { } whole && OfDecimals(number, null) is { } part
            ? string.Create(CultureInfo.InvariantCulture, $"a number that can be read in one way (it is {whole} if "
                + $"'{Other}' separates thousands, and {part} if it is the decimal separator)")
            : $"a number with the decimal separator '{(char)_decimals}'";
    }

    /// <inheritdoc/>
    public override string RemedyFor(ReadOnlySpan<byte> cell)
    {
        if (AmountOf(cell) is not { } amount || amount.Sign != Sign)
        {
            return Remedy;
        }

        var number = Encoding.UTF8.GetBytes(amount.Number);
        return Grouped(number) is not null
            ? Remedies.ReadThousands(Other) + (OfDecimals(number, null) is null ? "" : ", or "
                + ReadDecimals)
            : OfDecimals(number, null) is not null ? ReadDecimals
            : OfDecimals(number, (char)_decimals) is not null
                ? $"{ReadDecimals}, and {Remedies.ReadThousands((char)_decimals)}"
            : Remedy;
    }

    /// <summary>What separates fields, which may be what stands before decimals too.</summary>
    internal char Delimiter { get; init; }

    private string ReadDecimals => Delimiter == Other ? Remedies.ReadDecimalsAndFields(Other)
        : Remedies.ReadDecimals(Other);

    private char Other => _decimals == '.' ? ',' : '.';

    // 1,189.50 can be read in one way, whatever the others are.
    private char? ShownBy(byte[] number)
    {
        if (DecimalExact.Matches(number, _decimals))
        {
            return null;
        }

        var evidence = new ThousandsEvidence(_decimals);
        evidence.Add(number);
        return (char?)evidence.Found?.Separator;
    }

    private double? Grouped(byte[] number) => TryNumber(number, _decimals, Other, out var value) ? value : null;

    private double? OfDecimals(byte[] number, char? thousands) =>
        TryNumber(number, (byte)Other, thousands, out var value) ? value : null;

    private static AmountText? AmountOf(ReadOnlySpan<byte> cell) =>
        cell.Length <= 3 * AmountText.Longest ? AmountText.Of(Encoding.UTF8.GetString(cell)) : null;

    private void KeepFirst(AmountText amount, ReadOnlySpan<byte> cell)
    {
        if (Sign is null && Interlocked.CompareExchange(ref _sign, amount.Sign, null) is null)
        {
            Volatile.Write(ref _example, Encoding.UTF8.GetString(cell));
        }
    }

    private static bool TryNumber(byte[] text, byte decimals, char? thousands, out double number)
    {
        Span<byte> plain = stackalloc byte[OtherSpelling.Longest];
        if (!DecimalExact.Matches(text, decimals) && thousands is { } mark && OtherSpelling.IsPossible(text)
            && OtherSpelling.Rewrite(text, decimals, (byte)mark, plain) is > 0 and var length)
        {
            text = plain[..length].ToArray();
        }

        var parsed = DecimalExact.Parse(text, decimals);
        number = parsed.Value;
        return (parsed.Outcome & DecimalOutcome.Refused) == 0 && double.IsFinite(number);
    }
}
