using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Columns of which every number with a point may be a number of thousands: 1.000, where semicolons separate fields
/// as they do where the comma separates decimals, and no number shows what the point means.
/// </summary>
internal static class SampledPoints
{
    private const int MaxNamed = 10; // a message must stay readable

    /// <summary>What a user should know; null where nothing is in doubt.</summary>
    /// <param name="sample">The first bytes of the rows.</param>
    /// <param name="atEnd">Whether they are all bytes of the rows.</param>
    /// <param name="layout">The columns asked for.</param>
    public static Finding? In(Span<byte> sample, bool atEnd, CsvLayout layout)
    {
        if (layout.Delimiter != ';' || layout.Separator != '.' || layout.Thousands != 0)
        {
            return null;
        }

        var (example, isPlain) = (new string?[layout.Slots.Length], new bool[layout.Slots.Length]);
        var tokenizer = new CsvTokenizer(layout.Delimiter, layout.CommentPrefix);
        while (tokenizer.Read(sample, atEnd) is var token && token is (CsvToken.Record or CsvToken.Comment))
        {
            for (var i = 0; token == CsvToken.Record && i < Math.Min(tokenizer.Fields.Length, example.Length); i++)
            {
                var field = tokenizer.Fields[i];
                ReadOnlySpan<byte> cell = CsvCell.Trim(sample.Slice(field.Start, field.Length));
                if (!DecimalExact.Matches(cell, layout.Separator))
                {
                    continue;
                }

                var digits = cell.TrimStart("+-"u8);
                var point = digits.IndexOf(layout.Separator);
                if (point >= 0 && !IsGrouped(digits, point))
                {
                    return null;
                }

                isPlain[i] |= point < 0 && digits.Length > 3; // 1234 is not written 1.234 there
                example[i] ??= point >= 0 && layout.NumberSlots[i] >= 0 ? Encoding.UTF8.GetString(cell) : null;
            }

            sample = sample[tokenizer.Consumed..];
        }

        var found = Enumerable.Range(0, example.Length).Where(i => example[i] is not null && !isPlain[i]).ToArray();
        return found.Length == 0 ? null : Told(example[found[0]]!, [.. found.Select(i => NameOf(i, layout))]);
    }

    // 1.000 and 64.300, but neither 0.500 nor 1.25 nor 1000.125 nor 1.000e3.
    private static bool IsGrouped(ReadOnlySpan<byte> digits, int point) => point is > 0 and <= 3 && digits[0] != '0'
        && digits[(point + 1)..] is { Length: 3 } decimals
        && decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static string NameOf(int field, CsvLayout layout)
    {
        var (slot, inputs) = (layout.NumberSlots[field], layout.Selection.Names.Inputs);
        return slot < inputs.Count ? inputs[slot] : layout.Selection.Names.Targets[slot - inputs.Count];
    }

    private static Finding Told(string example, string[] columns)
    {
        var names = string.Join(", ", columns.Take(MaxNamed).Select(name => $"'{Escaped.Of(name)}'"));
        var value = DecimalExact.Parse(Encoding.UTF8.GetBytes(example), (byte)'.').Value;
        return new Finding(Severity.Warning, "decimal-point",
            string.Create(CultureInfo.InvariantCulture,
                $"'{example}' was read as {value}: all numbers with a point in "
                    + $"{(columns.Length == 1 ? "column" : "columns")} {names}"
                    + $"{(columns.Length > MaxNamed ? ", ..." : "")} have three digits behind it, and fields are "
                    + $"separated by ';', as where the point separates thousands."),
            $"If it separates thousands, {Remedies.ReadThousands('.')} and {Remedies.ReadDecimals(',')}.");
    }
}
