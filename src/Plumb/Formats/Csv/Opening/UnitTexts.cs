using System.Collections.Frozen;

namespace Plumb.Formats;

/// <summary>Texts below the names of columns that say in what they are measured, or how they were made.</summary>
internal static class UnitTexts
{
    private const int MaxLength = 24;

    // Symbols that prefixes go before: km, mV, MPa.
    private static readonly FrozenSet<string> s_symbols = Set(
        "m g s A K mol cd Hz N Pa J W C V F \u03A9 \u2126 Ohm ohm ohms S Wb T H lm lx Bq Gy Sv kat L l eV bar B b Wh "
            + "Ah VA var cal rad sr t dB dBm Torr px pixel pts AU");

    private static readonly FrozenSet<string> s_words = Set(
        "min h hr hrs hour hours d day days week weeks month months yr year years sec secs second seconds ms msec "
            + "volt volts amp amps ampere amperes watt watts hertz metre metres meter meters gram grams litre litres "
            + "liter liters kelvin celsius fahrenheit pascal newton newtons joule joules mole moles degree degrees "
            + "deg degc degf degrees_c % percent pct ppm ppb ppt rpm psi psia psig in inch inches ft feet foot yd mi "
            + "mile miles mph kmh kph knot knots kn lb lbs oz lbf gal atm mmhg mbar count counts cts unitless none "
            + "dimensionless ratio number code text date time ts rn smp avg tot max min std med sample wvc hst usd "
            + "eur gbp chf au a.u. arb arb. arb.u. ph ntu fnu psu \u00B0 \u00B0c \u00B0f \u2103 \u2109 \u20AC $ "
            + "\u00A3 \u00A5 - -- n/a");

    /// <summary>Whether a text is such: m/s, [V], (deg C), kWh, second, Smp.</summary>
    public static bool Is(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        if (text is ['[', .., ']'] or ['(', .., ')'] or ['<', .., '>'])
        {
            return true;
        }

        return s_words.Contains(text.ToLowerInvariant()) || text
            .Split(['/', '*', '\u00B7', '\u22C5', ' ', '^', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            is { Length: > 0 } parts && parts.All(IsPart) && parts.Any(part => !part.All(char.IsAsciiDigit));
    }

    /// <summary>Whether a text may as well stand in a row that lacks a value.</summary>
    public static bool IsVague(string text) =>
        text.ToLowerInvariant() is "1" or "-" or "--" or "none" or "n/a" or "text" or "number" or "code";

    private static bool IsPart(string part)
    {
        if (part.All(c => char.IsAsciiDigit(c) || c is '-' or '+'))
        {
            return true; // an exponent, or 1/s
        }

        // m2, s-1, cm³
        var symbol = part.TrimEnd('0', '1', '2', '3', '4', '-', '\u00B2', '\u00B3', '\u207B', '\u00B9');
        return s_words.Contains(symbol.ToLowerInvariant()) || s_symbols.Contains(symbol)
            || (symbol.Length > 1 && "kMGTPmu\u00B5\u03BCnpfcdh".Contains(symbol[0], StringComparison.Ordinal)
                && s_symbols.Contains(symbol[1..]));
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
