namespace Plumb.Formats;

/// <summary>What is wrong with the structure of a CSV file.</summary>
internal enum CsvFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A NUL byte.</summary>
    Nul,

    /// <summary>Text between a closing quote and the next delimiter.</summary>
    TextAfterQuote,

    /// <summary>The file ends inside quotes.</summary>
    OpenQuote,

    /// <summary>A field, or a comment line, above its limit.</summary>
    LongField,

    /// <summary>A record above its limit.</summary>
    LongRow,

    /// <summary>More columns than the limit.</summary>
    ManyColumns,
}
