using System.Data.Common;
using System.Runtime.CompilerServices;
using Plumb;
using Plumb.Formats;

namespace Databases;

/// <summary>
/// A reader of Plumb's for any database of .NET's, such as SQLite by Microsoft.Data.Sqlite: what a query gives. It has
/// nothing but Plumb's package.
/// </summary>
public sealed class DatabaseReader : TableReader
{
    private const int RowsAtATime = 1024;

    private readonly DbDataReader _rows;

    private DatabaseReader(DbDataReader rows, string name, bool dropMissing)
        : base(name, [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)], dropMissing) => _rows = rows;

    /// <summary>The rows of a query that was run, such as <c>await command.ExecuteReaderAsync()</c>.</summary>
    public static DatabaseReader Of(DbDataReader rows, string name = "query", bool dropMissing = false) =>
        new(rows, name, dropMissing);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<Matrix> ReadRowsAsync(IReadOnlyList<int> columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new double[RowsAtATime * columns.Count];
        var rows = 0;
        while (await _rows.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                block[rows * columns.Count + i] = Number(columns[i], i);
            }

            if (++rows == RowsAtATime)
            {
                yield return Matrix.Over(block, rows, columns.Count);
                rows = 0;
            }
        }

        yield return Matrix.Over(block, rows, columns.Count);
    }

    private double Number(int column, int place) => _rows.GetValue(column) switch
    {
        DBNull => double.NaN,
        double number => number,
        int whole => whole,
        long whole => whole, // rounds beyond 2^53
        decimal exact => (double)exact, // rounds
        var other => NumberOf(place, other.ToString()),
    };
}
