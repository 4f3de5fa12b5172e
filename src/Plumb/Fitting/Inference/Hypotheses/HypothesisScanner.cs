using System.Globalization;
using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>The signs, numbers and names of a hypothesis, one after the other.</summary>
internal sealed class HypothesisScanner(string text)
{
    /// <summary>The place of the next sign.</summary>
    public int At { get; set; }

    /// <summary>Whether all is read.</summary>
    public bool IsDone => At == text.Length;

    /// <summary>A decimal, exactly.</summary>
    public Rational? Number()
    {
        SkipBlanks();
        var end = At;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'
            || (text[end] is 'e' or 'E' && end > At && end + 1 < text.Length
                && (char.IsAsciiDigit(text[end + 1]) || text[end + 1] is '+' or '-'))
            || (text[end] is '+' or '-' && end > At && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        var digits = text[At..end];
        var parts = digits.ToUpperInvariant().Split('E');
        var mantissa = parts[0].Split('.');
        if (!mantissa.SelectMany(part => part).Any() || mantissa.Length > 2
            || !int.TryParse(parts.ElementAtOrDefault(1) ?? "0", NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 400)
        {
            return null;
        }

        At = end;
        power -= mantissa.ElementAtOrDefault(1)?.Length ?? 0;
        var whole = BigInteger.Parse(string.Concat(mantissa), CultureInfo.InvariantCulture);
        return power >= 0 ? new Rational(whole * BigInteger.Pow(10, power), 1)
            : new Rational(whole, BigInteger.Pow(10, -power));
    }

    /// <summary>Whether nothing but a separator or the end follows.</summary>
    public bool AtEnd(char separator)
    {
        SkipBlanks();
        return At == text.Length || text[At] == separator;
    }

    /// <summary>Reads on over a sign, where it stands.</summary>
    public bool Takes(char sign)
    {
        SkipBlanks();
        var stands = At < text.Length && text[At] == sign;
        At += stands ? 1 : 0;
        return stands;
    }

    /// <summary>Reads on over a word, where it stands.</summary>
    public bool Takes(string word)
    {
        var stands = text.AsSpan(At).StartsWith(word, StringComparison.Ordinal);
        At += stands ? word.Length : 0;
        return stands;
    }

    /// <summary>Whether a name stands here, whole and not the beginning of a longer word.</summary>
    public bool Stands(string name)
    {
        static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || sign == '_';
        var end = At + name.Length;
        return text.AsSpan(At).StartsWith(name, StringComparison.Ordinal)
            && (end == text.Length || !IsWord(text[end]) || !IsWord(name[^1]))
            && !(end < text.Length && text[end] == '[' && name == "bias");
    }

    /// <summary>Reads on over blanks.</summary>
    public void SkipBlanks()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At]))
        {
            At++;
        }
    }
}
