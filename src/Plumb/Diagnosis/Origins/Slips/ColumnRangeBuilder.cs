namespace Plumb.Diagnosis;

/// <summary>Finds a column's range, value by value.</summary>
internal sealed class ColumnRangeBuilder
{
    private List<double>? _values = [];
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    /// <summary>One value more.</summary>
    /// <param name="value">It.</param>
    /// <param name="isKept">Whether there is room to keep all values so far.</param>
    public void Add(double value, bool isKept)
    {
        (_least, _greatest) = (Math.Min(_least, value), Math.Max(_greatest, value));
        _values = isKept ? _values : null;
        _values?.Add(value);
    }

    /// <summary>The range of the values so far.</summary>
    public ColumnRange ToRange()
    {
        var sorted = _values?.Order().ToArray() ?? [];
        return new ColumnRange(_least, _greatest, Quantile(sorted, 0.25), Quantile(sorted, 0.5),
            Quantile(sorted, 0.75));
    }

    // Hyndman and Fan, The American Statistician 50, 1996, definition 7: that of NumPy, R and scikit-learn's
    // RobustScaler.
    private static double Quantile(double[] sorted, double level)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var place = level * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
