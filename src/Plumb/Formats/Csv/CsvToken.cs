namespace Plumb.Formats;

/// <summary>What the tokenizer found.</summary>
internal enum CsvToken
{
    /// <summary>The bytes end within a record: call again with more.</summary>
    NeedMore,

    /// <summary>A record, with its fields.</summary>
    Record,

    /// <summary>A comment line.</summary>
    Comment,

    /// <summary>No further record.</summary>
    End,

    /// <summary>Bytes that no CSV file holds; see the tokenizer's fault.</summary>
    Fault,
}
