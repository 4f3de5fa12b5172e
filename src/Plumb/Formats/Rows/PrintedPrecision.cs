using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// How precisely the numbers of a file were printed, column by column. No cell says whether its last zeros were
/// dropped, so the column decides:
/// its numbers have the finest decimals D seen in it, but none has more significant digits than the most seen, S. A
/// number x is then known
/// to half a unit of its last place, u = max(10^-D, 10^(floor(log10 |x|) + 1 - S)) / 2. That is right for a fixed
/// number of decimals,
/// for a fixed number of significant digits, and for doubles printed in full, with zeros at the end or without.
/// </summary>
public sealed class PrintedPrecision
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly PrintedColumn[] _columns;

    /// <summary>No numbers yet.</summary>
    internal PrintedPrecision(IReadOnlyList<string> columns)
    {
        Columns = columns;
        _columns = new PrintedColumn[columns.Count];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = new PrintedColumn();
            _places.Add(columns[i], i);
        }
    }

    /// <summary>The names of the columns: the inputs, then the targets, as they were asked for.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The most significant digits that a number of the column has; 0 when all are zero.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int SignificantDigitsOf(string column) => Find(column).Digits;

    /// <summary>
    /// The finest decimals in the column: the digits after the point less the exponent, so 3 for 1.250 and for 12.5e-2,
    /// and -2 for 1e2.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int DecimalsOf(string column) => Find(column).Decimals;

    /// <summary>
    /// The root of the sum over the column's numbers of u^2, u half a unit of a number's last printed place: how long a
    /// vector of such errors can be.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double LengthOf(string column) => Find(column).Length();

    /// <inheritdoc/>
    public override string ToString() => "significant digits: "
        + Shown.Items([.. Columns.Select((name, j) => $"{name} {Shown.Of(_columns[j].Digits)}")]);

    /// <summary>Counts one number.</summary>
    internal void Add(int column, DecimalPlaces number) => _columns[column].Add(number);

    /// <summary>Counts the numbers of other rows of the same columns.</summary>
    internal void Add(PrintedPrecision other)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Add(other._columns[i]);
        }
    }

    private PrintedColumn Find(string column) =>
        _places.TryGetValue(column, out var place) ? _columns[place]
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{Escaped.Of(column)}' is not a column that was read; "
                    + $"name one of them."), nameof(column));
}
