using System.Globalization;

namespace Plumb.Formats;

/// <summary>The names of columns that have none.</summary>
internal static class ColumnNames
{
    /// <summary>x1, x2, ... for inputs, and y for the last column.</summary>
    public static string[] Numbered(int count)
    {
        var names = new string[count];
        for (var i = 0; i < count - 1; i++)
        {
            names[i] = "x" + (i + 1).ToString(CultureInfo.InvariantCulture);
        }

        names[^1] = "y";
        return names;
    }
}
