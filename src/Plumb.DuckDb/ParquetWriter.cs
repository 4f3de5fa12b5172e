using System.Runtime.ExceptionServices;
using DuckDB.NET.Data;

namespace Plumb.DuckDb;

/// <summary>
/// Writes rows of doubles as a Parquet file, in their order and in memory that does not grow with them.
/// </summary>
public static class ParquetWriter
{
    private const string Rows = "plumb_rows";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="columns">The names of the columns, of which no two may be the same but for upper and lower
    /// case.</param>
    /// <param name="blocks">The rows, rows x columns in each block.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="InvalidDataException">Two names differ in upper and lower case only.</exception>
    /// <exception cref="IOException">The file cannot be written, as where the disk is full.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<string> columns, IAsyncEnumerable<Matrix> blocks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(blocks);
        return WriteAsync(path, [], columns, blocks.Select(block => new RowsWithTexts(
            new Dataset(new Matrix(block.Rows, 0), block, new VariableNames([], columns)), new RowTexts(0))),
            cancellationToken);
    }

    /// <summary>Writes a file of texts and numbers; a null or a not-a-number is a missing value.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="texts">The names of the columns of texts, which come first.</param>
    /// <param name="numbers">The names of the columns of numbers.</param>
    /// <param name="blocks">The rows: their texts, and their numbers as targets.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="InvalidDataException">Two names differ in upper and lower case only.</exception>
    /// <exception cref="IOException">The file cannot be written, as where the disk is full.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<string> texts, IReadOnlyList<string> numbers,
        IAsyncEnumerable<RowsWithTexts> blocks, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(blocks);
        string[] columns = [.. texts, .. numbers];
        if (columns.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new InvalidDataException(
                $"{path}: the columns '{Escaped.Of(same.First())}' and '{Escaped.Of(same.Last())}' are one to "
                    + $"DuckDB, which writes Parquet, expected names that differ in more than upper and lower case; "
                        + $"rename one, or write CSV.");
        }

        var source = new Source(blocks, cancellationToken);
        try
        {
            await Task.Run(() => Write(path, texts, numbers, source), CancellationToken.None).ConfigureAwait(false);
        }
        catch (DuckDBException exception)
        {
            source.Failure?.Throw(); // of the rows, not of the file
            throw new IOException($"{path} cannot be written: {Escaped.InFull(exception.Message)}");
        }
    }

    private static void Write(string path, IReadOnlyList<string> texts, IReadOnlyList<string> numbers, Source source)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        connection.RegisterTableFunction(
            Rows,
            () =>
                new TableFunction(
                    [.. texts.Select(name => new ColumnInfo(name, typeof(string))),
                        .. numbers.Select(name => new ColumnInfo(name, typeof(double)))], source.Cursors()),
            (_, writers, row) =>
            {
                for (var i = 0; i < texts.Count; i++)
                {
                    if (source.TextOf(i) is { } text)
                    {
                        writers[i].WriteValue(text, row);
                    }
                    else
                    {
                        writers[i].WriteNull(row);
                    }
                }

                for (var i = texts.Count; i < writers.Length; i++)
                {
                    if (source.Row[i - texts.Count] is var number && double.IsNaN(number))
                    {
                        writers[i].WriteNull(row);
                    }
                    else
                    {
                        writers[i].WriteValue(number, row);
                    }
                }
            });
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SET temp_directory = ''; COPY (SELECT * FROM {Rows}()) TO '"
                + $"{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, USE_TMP_FILE false)";
        command.ExecuteNonQuery();
    }

    /// <summary>The rows one by one, for DuckDB's own thread.</summary>
    private sealed class Source(IAsyncEnumerable<RowsWithTexts> blocks, CancellationToken cancellationToken)
    {
        private Matrix _block = new(0, 0);
        private RowTexts _texts = new(0);
        private int _row;

        /// <summary>What stopped the rows; DuckDB passes on its message only.</summary>
        public ExceptionDispatchInfo? Failure { get; private set; }

        /// <summary>The row where the source stands.</summary>
        public ReadOnlySpan<double> Row => _block.Row(_row);

        /// <summary>A text of this row.</summary>
        public string? TextOf(int column) => _texts[_row, column];

        /// <summary>Goes from row to row.</summary>
        public IEnumerable<Source> Cursors()
        {
            using var all = blocks.ToBlockingEnumerable(cancellationToken).GetEnumerator();
            while (Next(all))
            {
                for (_row = 0; _row < _block.Rows; _row++)
                {
                    yield return this;
                }
            }
        }

        private bool Next(IEnumerator<RowsWithTexts> all)
        {
            try
            {
                var any = all.MoveNext();
                (_block, _texts) = any ? (all.Current.Rows.Targets, all.Current.Texts) : (_block, _texts);
                return any;
            }
            catch (Exception exception)
            {
                Failure = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        }
    }
}
