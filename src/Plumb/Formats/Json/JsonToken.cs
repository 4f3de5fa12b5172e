namespace Plumb.Formats;

/// <summary>What comes next in a file of JSON objects.</summary>
internal enum JsonToken
{
    /// <summary>An object.</summary>
    Row,

    /// <summary>An object that has not come in full.</summary>
    NeedMore,

    /// <summary>The end.</summary>
    End,

    /// <summary>What is not JSON, or no object.</summary>
    Fault,
}
