namespace Plumb.Formats;

/// <summary>A list of values, whose text was seen to be sound.</summary>
internal static class JsonList
{
    /// <summary>How many values it has, those inside of values not counted.</summary>
    /// <param name="list">The text with its brackets.</param>
    public static int Length(ReadOnlySpan<byte> list)
    {
        var count = 0;
        for (var rest = list[1..]; NextOf(ref rest).Length > 0;)
        {
            count++;
        }

        return count;
    }

    /// <summary>Takes the next value from what is left of a list; nothing at its end.</summary>
    public static ReadOnlySpan<byte> NextOf(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r\n,"u8);
        var (depth, inText) = (0, false);
        for (var i = 0; i < rest.Length; i++)
        {
            var mark = rest[i];
            if (inText)
            {
                i += mark == '\\' ? 1 : 0;
                inText = mark != '"';
                continue;
            }

            if (depth == 0 && (mark is (byte)',' or (byte)']'))
            {
                var value = rest[..i].TrimEnd(" \t\r\n"u8);
                rest = rest[i..];
                return value;
            }

            inText = mark == '"';
            depth += mark is (byte)'[' or (byte)'{' ? 1 : mark is (byte)']' or (byte)'}' ? -1 : 0;
        }

        return [];
    }
}
