using System.Globalization;

namespace Plumb;

/// <summary>
/// What to do about data, in the words of the library: actions, which whoever has a setting for one may add to it. The
/// command line adds its flag: "name another separator (--delimiter)".
/// </summary>
internal static class Remedies
{
    public const string LeaveColumnOut = "leave the column out";
    public const string LeaveEmptyColumnsOut = "leave out the columns that are mostly empty";
    public const string NameColumns = "name the columns that are meant";
    public const string SkipComments = "skip lines that begin with '#'";
    public const string NameSeparator = "name another separator";
    public const string SeparateByBlanks = "read blanks as separators";
    public const string LeaveLastLineOut = "leave out the last line";
    public const string KeepLastLines = "keep all lines";
    public const string TakeFirstRowForNames = "take the first row for names";
    public const string KeepFirstRow = "keep the first row as data";
    public const string TakeAnotherLineForNames = "take another line for the names";
    public const string LeaveUnseenEmpty = "leave the predictions of such rows empty";
    public const string DropRows = "leave out rows that lack a value";
    public const string NameTable = "name the table that is meant";
    public const string ReadFolders = "read the names of folders as columns";
    public const string LeaveFoldersOut = "leave the names of folders out";
    public const string NameFilesInQuery = "name all files in the query itself";
    public const string GiveFileBesideQuery = "give the file beside the query, which then calls it data";
    public const string ReadNearestDoubles = "read the nearest doubles";
    public const string Transpose = "say that the weights are inputs x targets";
    public const string DoNotTranspose = "do not say that the weights are inputs x targets";
    public const string DoNotPlaceBias = "do not say which number is the bias";
    public const string NameWeights = "name the array that holds the weights";
    public const string NameCoefficients = "name the column that holds the weights";
    public const string NameBias = "name the array that holds the bias";
    public const string ReadDayFirst = "read the day first";
    public const string ReadMonthFirst = "read the month first";
    public const string GiveInputNoise = "give the noise of the inputs";
    public const string TrainOnStandardized = "train on standardized inputs";
    public const string TakeRepaired = "take the repaired map";

    public const string RowsAreInOrder = "say that the rows are in order";

    /// <summary>That a line holds the names.</summary>
    public static string TakeLineForNames(long line) => Invariant($"take line {line} for the names");

    /// <summary>That a line holds the names, and the next one units.</summary>
    public static string TakeLineForNamesBeforeUnits(long line) =>
        TakeLineForNames(line) + " and the line below for units";

    /// <summary>That rows begin after so many lines.</summary>
    public static string SkipLines(long lines) =>
        Invariant($"skip the first {(lines == 1 ? "line" : $"{lines} lines")}");

    /// <summary>What separates decimals.</summary>
    public static string ReadDecimals(char separator) => $"read '{separator}' as the decimal separator";

    /// <summary>What separates decimals, and fields too.</summary>
    public static string ReadDecimalsAndFields(char separator) => ReadDecimals(separator) + " and between fields";

    /// <summary>What separates thousands.</summary>
    public static string ReadThousands(char separator) => $"read '{separator}' as the separator of thousands";

    /// <summary>That a number stands for a missing value.</summary>
    public static string TakeForMissing(double value) => Invariant($"take {value:R} for a missing value");

    /// <summary>By which column errors allow for rows that hang together.</summary>
    public static string ClusterBy(string column) => $"cluster the errors by '{column}'";

    /// <summary>That a product of two inputs is to be an input.</summary>
    public static string AddProduct(string name) => $"Add the product {name} to the inputs";

    /// <summary>Which number of each target is its bias.</summary>
    public static string PlaceBias(bool isFirst) => $"say that the {(isFirst ? "first" : "last")} number is the bias";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
