using System.Globalization;

namespace Plumb.Formats;

/// <summary>What is known about a file once its first row has been read and its columns have been chosen.</summary>
internal sealed class CsvLayout
{
    /// <summary>The layout of a file.</summary>
    /// <param name="format">How it is written.</param>
    /// <param name="delimiter">The separator of fields, given or detected.</param>
    /// <param name="table">Its columns and fields.</param>
    /// <param name="selection">The columns asked for.</param>
    /// <param name="asDecimals">Whether numbers are kept as they are written: a cell then takes the parts of a
    /// <see cref="DecimalNumber"/>.</param>
    public CsvLayout(CsvFormat format, char delimiter, CsvTable table, ColumnSelection selection, bool asDecimals)
    {
        selection = selection with
        {
            Inputs = [.. selection.Inputs.Select(column => table.Fields[column])],
            Targets = [.. selection.Targets.Select(column => table.Fields[column])],
            Texts = selection.Texts is { } texts ? [.. texts.Select(column => table.Fields[column])] : null,
        };
        (Format, Selection, Delimiter, Separator, CommentPrefix) =
            (format, selection, (byte)delimiter, (byte)format.DecimalSeparator, format.CommentBytes);
        Slots = new int[table.Width];
        Array.Fill(Slots, Empty);
        Slots.AsSpan(0, table.Fields[0]).Fill(-1); // what names the rows
        foreach (var field in table.Fields)
        {
            Slots[field] = -1;
        }

        var slot = 0;
        foreach (var place in (int[])[.. selection.Inputs, .. selection.Targets])
        {
            Slots[place] = slot++;
        }

        NumberSlots = [.. Slots.Select(place => place < 0 || selection.Readings[place] is null ? place : -1)];
        (Cells, AsDecimals) = (slot, asDecimals);
        (HasCodes, Thousands) = (selection.Missing.Codes.Length > 0, (byte)(format.ThousandsSeparator ?? '\0'));
        Width = asDecimals ? slot * DecimalNumber.Parts : slot;
        var (inputs, targets) = (selection.Names.Inputs.Count, selection.Names.Targets.Count);
        RowNames = asDecimals ? VariableNames.Default(inputs * DecimalNumber.Parts, targets * DecimalNumber.Parts)
            : selection.Names;
    }

    /// <summary>In place of a field's place: it is no column, and must be empty.</summary>
    public const int Empty = -2;

    /// <summary>How the file is written.</summary>
    public CsvFormat Format { get; }

    /// <summary>The columns asked for, and their places among the fields of a row.</summary>
    public ColumnSelection Selection { get; }

    /// <summary>The separator of fields.</summary>
    public byte Delimiter { get; }

    /// <summary>The decimal separator.</summary>
    public byte Separator { get; }

    /// <summary>What comment lines begin with; empty when there are none.</summary>
    public byte[] CommentPrefix { get; }

    /// <summary>
    /// For each field of a row its place among the columns asked for, inputs before targets; negative when it is not.
    /// </summary>
    public int[] Slots { get; }

    /// <summary>The same for the columns of numbers; -1 for those of texts as well.</summary>
    public int[] NumberSlots { get; }

    /// <summary>The texts that stand for a missing value.</summary>
    public MissingTexts Missing => Selection.Missing;

    /// <summary>Whether numbers may stand for missing values.</summary>
    public bool HasCodes { get; }

    /// <summary>What stands between groups of three digits; 0 where nothing does.</summary>
    public byte Thousands { get; set; }

    /// <summary>Whether numbers are kept as they are written.</summary>
    public bool AsDecimals { get; }

    /// <summary>
    /// Whether the doubles are all that is asked for: neither how numbers are printed, nor the decimals themselves.
    /// </summary>
    public bool AsksForDoublesAlone => !Format.MeasurePrecision && !AsDecimals;

    /// <summary>The number of columns asked for.</summary>
    public int Cells { get; }

    /// <summary>The numbers that a row takes: one a cell, or the parts of a decimal.</summary>
    public int Width { get; }

    /// <summary>Names for them.</summary>
    public VariableNames RowNames { get; }

    /// <summary>Reads a cell into a row.</summary>
    /// <param name="cell">The cell, trimmed; a decimal comma is exchanged in place and put back.</param>
    /// <param name="row">The row's numbers.</param>
    /// <param name="slot">The cell's place among those asked for.</param>
    public DecimalOutcome Read(Span<byte> cell, Span<double> row, int slot)
    {
        var outcome = ReadPlain(cell, row, slot);
        if (outcome != DecimalOutcome.NotANumber || !OtherSpelling.IsPossible(cell))
        {
            return outcome;
        }

        Span<byte> plain = stackalloc byte[OtherSpelling.Longest];
        return OtherSpelling.Rewrite(cell, Separator, Thousands, plain) is > 0 and var length
            ? ReadPlain(plain[..length], row, slot) : outcome;
    }

    /// <summary>The places of the digits of a cell that is a number.</summary>
    public DecimalPlaces PlacesOf(ReadOnlySpan<byte> cell)
    {
        Span<byte> plain = stackalloc byte[OtherSpelling.Longest];
        return OtherSpelling.IsPossible(cell) && OtherSpelling.Rewrite(cell, Separator, Thousands, plain)
            is > 0 and var length ? DecimalPlaces.Of(plain[..length], Separator) : DecimalPlaces.Of(cell, Separator);
    }

    /// <summary>Whether a number that was read stands for a missing value.</summary>
    /// <param name="row">The row's numbers.</param>
    /// <param name="slot">The number's place among the cells asked for.</param>
    public bool IsCode(ReadOnlySpan<double> row, int slot) =>
        HasCodes && Missing.Contains(ValueIn(row, slot));

    /// <summary>The number of a cell in a row.</summary>
    public double ValueIn(ReadOnlySpan<double> row, int slot) => !AsDecimals ? row[slot]
        : double.IsNaN(row[DecimalNumber.Parts * slot]) ? double.NaN
        : DecimalNumber.From(row[(DecimalNumber.Parts * slot)..]).ToDouble();

    private DecimalOutcome ReadPlain(Span<byte> cell, Span<double> row, int slot)
    {
        if (AsDecimals)
        {
            var (value, outcome) = DecimalExact.ParseExactly(cell, Separator);
            value.CopyTo(row[(DecimalNumber.Parts * slot)..]);
            return outcome;
        }

        var number = DecimalExact.Parse(cell, Separator);
        row[slot] = number.Value;
        return number.Outcome;
    }

    /// <summary>Writes the number that a text stands for into a row.</summary>
    /// <param name="number">The number; as a decimal, it is the shortest that is the same double.</param>
    /// <param name="row">The row's numbers.</param>
    /// <param name="slot">The text's place among the cells asked for.</param>
    public void Keep(double number, Span<double> row, int slot)
    {
        if (AsDecimals)
        {
            Shortest(number).CopyTo(row[(DecimalNumber.Parts * slot)..]);
            return;
        }

        row[slot] = number;
    }

    private static DecimalNumber Shortest(double number)
    {
        const int Longest = 32; // 24 characters at most
        const double LargestWhole = 1L << 53;
        if (Math.Abs(number) <= LargestWhole && number == Math.Truncate(number))
        {
            return DecimalNumber.Of((ulong)Math.Abs(number), number < 0, decimals: 0);
        }

        Span<byte> text = stackalloc byte[Longest];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return DecimalExact.ParseExactly(text[..length], (byte)'.').Value;
    }

    /// <summary>Whether a byte is a blank between fields and delimiters.</summary>
    public bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' && value != Delimiter;

    /// <summary>Whether a byte ends a line.</summary>
    public static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    /// <summary>Whether a byte ends a field.</summary>
    public bool IsFieldEnd(byte value) => value == Delimiter || IsLineEnd(value);

    /// <summary>No numbers' precision yet; null unless it is asked for.</summary>
    public PrintedPrecision? NewPrecision() => Format.MeasurePrecision
        ? new PrintedPrecision([.. Selection.Names.Inputs, .. Selection.Names.Targets]) : null;
}
