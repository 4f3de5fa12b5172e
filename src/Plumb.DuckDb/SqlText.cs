namespace Plumb.DuckDb;

/// <summary>Where parts of a query's text end.</summary>
internal static class SqlText
{
    /// <summary>Behind a name or text in quotes; -1 where there is none.</summary>
    public static int EndOfQuoted(ReadOnlySpan<byte> sql, int start)
    {
        var quote = sql[start];
        if (quote is not ((byte)'\'' or (byte)'"'))
        {
            return -1;
        }

        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] != quote)
            {
                continue;
            }

            if (i + 1 == sql.Length || sql[i + 1] != quote)
            {
                return i + 1;
            }

            i++;
        }

        return -1;
    }

    /// <summary>The parenthesis that closes a call; -1 where there is none.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="start">Where the function's name begins.</param>
    public static int EndOfCall(ReadOnlySpan<byte> sql, int start)
    {
        var depth = 0;
        for (var i = start; i < sql.Length;)
        {
            switch ((char)sql[i])
            {
                case '\'' when i > 0 && sql[i - 1] is (byte)'e' or (byte)'E':
                    return -1; // a text with backslashes
                case '\'' or '"':
                    i = EndOfQuoted(sql, i);
                    if (i < 0)
                    {
                        return -1;
                    }

                    continue;
                case '$':
                    return -1; // a text in dollars
                case '-' when i + 1 < sql.Length && sql[i + 1] == '-':
                case '/' when i + 1 < sql.Length && sql[i + 1] == '*':
                    return -1; // a comment inside the call
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    if (depth == 0)
                    {
                        return i;
                    }

                    break;
            }

            i++;
        }

        return -1;
    }
}
