namespace Plumb;

/// <summary>What is known about a file once its first row has been read and its columns have been chosen.</summary>
internal sealed class CsvLayout
{
    /// <summary>The layout of a file.</summary>
    /// <param name="format">How it is written.</param>
    /// <param name="delimiter">The separator of fields, given or detected.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="selection">The columns asked for.</param>
    public CsvLayout(CsvFormat format, char delimiter, int columns, ColumnSelection selection)
    {
        (Format, Selection, Delimiter, Separator, CommentPrefix) = (format, selection, (byte)delimiter, (byte)format.DecimalSeparator, format.CommentBytes);
        Slots = new int[columns];
        Array.Fill(Slots, -1);
        var slot = 0;
        foreach (var place in (int[])[.. selection.Inputs, .. selection.Targets])
        {
            Slots[place] = slot++;
        }

        Width = slot;
    }

    /// <summary>How the file is written.</summary>
    public CsvFormat Format { get; }

    /// <summary>The columns asked for.</summary>
    public ColumnSelection Selection { get; }

    /// <summary>The separator of fields.</summary>
    public byte Delimiter { get; }

    /// <summary>The decimal separator.</summary>
    public byte Separator { get; }

    /// <summary>What comment lines begin with; empty when there are none.</summary>
    public byte[] CommentPrefix { get; }

    /// <summary>For each column of the file its place among the columns asked for, inputs before targets; -1 when it is not.</summary>
    public int[] Slots { get; }

    /// <summary>The number of columns asked for.</summary>
    public int Width { get; }

    /// <summary>Whether a byte is a blank between fields and delimiters.</summary>
    public bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' && value != Delimiter;

    /// <summary>No numbers' precision yet; null unless it is asked for.</summary>
    public PrintedPrecision? NewPrecision() => Format.MeasurePrecision ? new PrintedPrecision([.. Selection.Names.Inputs, .. Selection.Names.Targets]) : null;
}
