namespace Plumb.Formats;

/// <summary>Names as SQL quotes them.</summary>
internal static class SqlName
{
    /// <summary>A name, whatever characters it has.</summary>
    public static string Of(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Columns, separated by commas.</summary>
    public static string OfColumns(IEnumerable<string> names) => string.Join(", ", names.Select(Of));
}
