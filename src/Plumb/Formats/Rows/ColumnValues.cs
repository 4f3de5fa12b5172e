namespace Plumb.Formats;

/// <summary>Reads values of a column.</summary>
/// <param name="column">The column's place among those asked for: inputs first, then targets.</param>
/// <param name="start">The first row, from 0.</param>
/// <param name="values">Receives a value a row; <see cref="ColumnBlocks.Missing"/> where there is none.</param>
internal delegate void ColumnValues(int column, int start, Span<double> values);
