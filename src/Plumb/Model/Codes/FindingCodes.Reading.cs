namespace Plumb;

/// <content>What is said of files that are read.</content>
public static partial class FindingCodes
{
    /// <summary>The file is UTF-16, and was read so.</summary>
    public const string Utf16 = "utf-16";

    /// <summary>The separator was detected.</summary>
    public const string Delimiter = "delimiter";

    /// <summary>Excel writes such a line, sep=;.</summary>
    public const string SeparatorLine = "separator-line";

    /// <summary>Columns without a name are called by their place.</summary>
    public const string UnnamedColumns = "unnamed-columns";

    /// <summary>The file seems to have no line of names.</summary>
    public const string NoHeader = "no-header";

    /// <summary>Names can be numbers, but a first row of data looks the same.</summary>
    public const string NumbersInHeader = "numbers-in-header";

    /// <summary>The names stand in two lines.</summary>
    public const string LowerNames = "lower-names";

    /// <summary>A title or remarks stand above the table.</summary>
    public const string Preamble = "preamble";

    /// <summary>The line below the names was not read as data.</summary>
    public const string Units = "units";

    /// <summary>The first column holds the names of rows, and has none itself.</summary>
    public const string RowNames = "row-names";

    /// <summary>Columns that hold nothing were left out.</summary>
    public const string EmptyColumns = "empty-columns";

    /// <summary>Lines below the table were left out.</summary>
    public const string Footer = "footer";

    /// <summary>A separator of thousands was detected.</summary>
    public const string Thousands = "thousands";

    /// <summary>The point may separate thousands, and nothing in the file decides.</summary>
    public const string DecimalPoint = "decimal-point";

    /// <summary>They were read as lines.</summary>
    public const string CrLineEnds = "cr-line-ends";

    /// <summary>A blank line is no row.</summary>
    public const string BlankLines = "blank-lines";

    /// <summary>Rows with a missing value were left out.</summary>
    public const string MissingDropped = "missing-dropped";

    /// <summary>Numbers too small for a double were read as 0.</summary>
    public const string Underflow = "underflow";

    /// <summary>Numbers have more digits than a double holds.</summary>
    public const string DigitsLost = "digits-lost";

    /// <summary>Whole numbers beyond 2^53 were rounded; they are usually identifiers.</summary>
    public const string IntegersRounded = "integers-rounded";

    /// <summary>Truth values were read as 1 and 0.</summary>
    public const string TruthValues = "truth-values";

    /// <summary>Numbers in quotes were read as numbers.</summary>
    public const string NumbersInQuotes = "numbers-in-quotes";

    /// <summary>The names of folders were read as columns.</summary>
    public const string FoldersRead = "folders-read";

    /// <summary>A column holds texts that are no numbers.</summary>
    public const string NotNumbers = "not-numbers";

    /// <summary>A cell is no date or truth value, as the others of its column are.</summary>
    public const string UnreadText = "unread-text";

    /// <summary>A column is empty.</summary>
    public const string EmptyColumn = "empty-column";

    /// <summary>A column is nearly empty: a fit with it would have few rows left.</summary>
    public const string NearlyEmptyColumn = "nearly-empty-column";

    /// <summary>A column has one value, whose effect cannot be told from the bias.</summary>
    public const string ConstantColumn = "constant-column";

    /// <summary>A column looks like an identifier, which predicts nothing.</summary>
    public const string IdColumn = "id-column";

    /// <summary>A column is a copy of another: with both, neither weight is determined.</summary>
    public const string CopiedColumn = "copied-column";

    /// <summary>The weights were stored in single precision.</summary>
#pragma warning disable CA1720 // the constant bears the code's name, which is the format's
    public const string Float32 = "float32";
#pragma warning restore CA1720

    /// <summary>The weights were stored in half precision.</summary>
    public const string FewDigits = "few-digits";

    /// <summary>The file is longer than its header says.</summary>
    public const string TrailingBytes = "trailing-bytes";

    /// <summary>No array or column is called bias, intercept or the like.</summary>
    public const string NoBias = "no-bias";

    /// <summary>The data decided which number is the bias.</summary>
    public const string BiasHeld = "bias-held";

    /// <summary>The file holds more than W and b.</summary>
    public const string ArraysUnused = "arrays-unused";

    /// <summary>The table is one that R, statsmodels or SPSS prints.</summary>
    public const string Coefficients = "coefficients";

    /// <summary>R left the input out, as the others determine it.</summary>
    public const string CoefficientsMissing = "coefficients-missing";

    /// <summary>Keras stores inputs x targets, and a square array does not show which it is.</summary>
    public const string SquareKernel = "square-kernel";
}
