namespace Plumb.Formats;

/// <summary>
/// Where one field lies in the bytes of its record: without the blanks around it and without its quotes.
/// </summary>
/// <param name="Start">The first byte, counted from the record's first byte.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Quoted">Whether it stands in quotes.</param>
/// <param name="Escaped">Whether it holds doubled quotes, each of which means one.</param>
internal readonly record struct CsvField(int Start, int Length, bool Quoted, bool Escaped);
