using System.Text;

namespace Plumb.Reports;

/// <summary>
/// Text in lines of so many columns, broken at blanks, but not inside a number; longer words, wherever it must be.
/// </summary>
internal static class WordWrap
{
    /// <summary>The lines; one empty line for an empty text.</summary>
    public static List<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var (line, length) = (new StringBuilder(), 0);
        foreach (var word in Words(text))
        {
            var rest = word;
            var size = CellWidth.Of(rest);
            if (line.Length > 0 && length + 1 + size > width)
            {
                End();
            }
            else if (line.Length > 0)
            {
                line.Append(' ');
                length++;
            }

            while (size > width)
            {
                var head = Head(rest, width);
                lines.Add(head);
                rest = rest[head.Length..];
                size = CellWidth.Of(rest);
            }

            line.Append(rest);
            length += size;
        }

        End();
        return lines;

        void End()
        {
            lines.Add(line.ToString());
            line.Clear();
            length = 0;
        }
    }

    /// <summary>The lines of a message: all but the first are indented.</summary>
    public static List<string> Hanging(string text, int width)
    {
        const int Indent = 2;
        var first = Lines(text, width)[0];
        var rest = text[first.Length..].TrimStart(' ');
        return rest.Length == 0 || width <= Indent ? Lines(text, width)
            : [first, .. Lines(rest, width - Indent).Select(line => new string(' ', Indent) + line)];
    }

    /// <summary>A name of at most so many columns: its middle gives way.</summary>
    public static string Shortened(string name, int width)
    {
        if (CellWidth.Of(name) <= width)
        {
            return name;
        }

        var left = Head(name, (width - 1) / 2);
        var right = "";
        foreach (var rune in name[left.Length..].EnumerateRunes().Reverse())
        {
            var longer = rune + right;
            if (CellWidth.Of(left) + 1 + CellWidth.Of(longer) > width)
            {
                break;
            }

            right = longer;
        }

        return left + "…" + right;
    }

    // Cut at blanks, but for those inside what stays on one line.
    private static IEnumerable<string> Words(string text)
    {
        var from = 0;
        Range[] whole = [.. UnbrokenText.Of(text)];
        for (var i = text.IndexOf(' '); i >= 0; i = text.IndexOf(' ', i + 1))
        {
            if (!Array.Exists(whole, part => part.Start.Value < i && i < part.End.Value))
            {
                yield return text[from..i];
                from = i + 1;
            }
        }

        yield return text[from..];
    }

    private static string Head(string text, int width)
    {
        var (length, size) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var one = CellWidth.Of(rune.ToString());
            if (length > 0 && size + one > width)
            {
                break;
            }

            (length, size) = (length + rune.Utf16SequenceLength, size + one);
        }

        return text[..length];
    }
}
