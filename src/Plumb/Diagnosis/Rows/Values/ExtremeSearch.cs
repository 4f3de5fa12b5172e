using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// The two smallest and the two largest values of each column, and how many rows hold the outermost: where that lies
/// far from all others and repeats, it may be a code for a missing value.
/// </summary>
internal sealed class ExtremeSearch(int columns)
{
    private const double Far = 10; // ranges of all other values
    private const double Farther = 100; // for values that are not known as codes
    private const int Few = 2; // rows
    private const int Several = 3;
    private readonly End[] _lowest = NewEnds(columns);
    private readonly End[] _highest = NewEnds(columns); // with the sign turned

    /// <summary>Looks at a few values of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">A value a row.</param>
    /// <param name="frequencies">How many rows each stands for.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int column, ReadOnlySpan<double> values, ReadOnlySpan<double> frequencies)
    {
        ref var lowest = ref _lowest[column];
        ref var highest = ref _highest[column];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value <= lowest.Second)
            {
                lowest.Add(value, frequencies[i]);
            }

            if (-value <= highest.Second)
            {
                highest.Add(-value, frequencies[i]);
            }
        }
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(ExtremeSearch other)
    {
        for (var column = 0; column < _lowest.Length; column++)
        {
            _lowest[column].Add(other._lowest[column]);
            _highest[column].Add(other._highest[column]);
        }
    }

    /// <summary>The value of a column that looks like a code; null where none does.</summary>
    /// <param name="column">The column.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rows">How many rows there are.</param>
    public SuspectCode? CodeIn(int column, string name, long rows)
    {
        var (low, high) = (_lowest[column], _highest[column]);
        return Code(low, high, sign: 1) ?? Code(high, low, sign: -1);

        // The others are three values or more: two and a third are what a column of few values may hold.
        SuspectCode? Code(End end, End otherEnd, int sign)
        {
            var (value, next, last) = (sign * end.First, sign * end.Second, -sign * otherEnd.First);
            var (distance, range) = (Math.Abs(next - value), Math.Abs(last - next));
            var areThree = end.Second < -otherEnd.Second && -otherEnd.Second < -otherEnd.First;
            var isKnown = SuspectCode.IsKnown(value);
            return areThree && end.Count >= (isKnown ? Few : Several) && distance > (isKnown ? Far : Farther) * range
                ? new SuspectCode(name, value, (long)end.Count, rows, Math.Min(next, last), Math.Max(next, last))
                : null;
        }
    }

    private static End[] NewEnds(int columns)
    {
        var ends = new End[columns];
        Array.Fill(ends, new End { First = double.PositiveInfinity, Second = double.PositiveInfinity });
        return ends;
    }

    private struct End
    {
        public double First;
        public double Second;
        public double Count; // of the first

        public void Add(double value, double count)
        {
            if (value == First)
            {
                Count += count;
            }
            else if (value < First)
            {
                (First, Second, Count) = (value, First, count);
            }
            else
            {
                Second = Math.Min(Second, value);
            }
        }

        public void Add(End other)
        {
            if (other.Count > 0)
            {
                Add(other.First, other.Count);
                if (other.Second > First)
                {
                    Second = Math.Min(Second, other.Second);
                }
            }
        }
    }
}
