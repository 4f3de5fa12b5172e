using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Diagnosis;

/// <summary>
/// The three smallest and the three largest values of each column, and how many rows hold the outer two: where these
/// lie far from all others and repeat, they may be codes for missing values.
/// </summary>
internal sealed class ExtremeSearch(int columns)
{
    private const double Far = 10; // ranges of all other values
    private const double Near = 1; // for one that is known beside another code
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
        for (var start = 0; start < values.Length; start += Vector512<double>.Count)
        {
            var octet = values[start..Math.Min(start + Vector512<double>.Count, values.Length)];
            if (octet.Length == Vector512<double>.Count && !Reaches(Vector512.Create(octet), lowest, highest))
            {
                continue; // as nearly all, once a few have been seen
            }

            for (var i = 0; i < octet.Length; i++)
            {
                if (octet[i] <= lowest.Third)
                {
                    lowest.Add(octet[i], frequencies[start + i]);
                }

                if (-octet[i] <= highest.Third)
                {
                    highest.Add(-octet[i], frequencies[start + i]);
                }
            }
        }
    }

    private static bool Reaches(Vector512<double> octet, in End lowest, in End highest) =>
        Vector512.LessThanOrEqualAny(octet, Vector512.Create(lowest.Third))
            || Vector512.LessThanOrEqualAny(-octet, Vector512.Create(highest.Third));

    /// <summary>Adds what another has seen.</summary>
    public void Add(ExtremeSearch other)
    {
        for (var column = 0; column < _lowest.Length; column++)
        {
            _lowest[column].Add(other._lowest[column]);
            _highest[column].Add(other._highest[column]);
        }
    }

    /// <summary>The values of a column that look like codes, up to two at an end; none where none does.</summary>
    /// <param name="column">The column.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rows">How many rows there are.</param>
    public IReadOnlyList<SuspectCode> CodesIn(int column, string name, long rows)
    {
        var (low, high) = (_lowest[column], _highest[column]);
        return Codes(low, high, sign: 1) is { Count: > 0 } found ? found : Codes(high, low, sign: -1);

        IReadOnlyList<SuspectCode> Codes(End end, End otherEnd, int sign)
        {
            var last = -otherEnd.First;
            var isFirst = AreThree(end.Second) && IsFar(end.First, end.Second, last, end.Count, Far);
            // -9999 and -999 hide each other: neither is far from the other.
            var isBeside = AreThree(end.Third) && SuspectCode.IsKnown(end.First)
                && IsFar(end.First, end.Third, last, end.Count, Far);
            var isSecond = isBeside && SuspectCode.IsKnown(end.Second)
                && IsFar(end.Second, end.Third, last, end.SecondCount, Near);
            isFirst |= isSecond;
            bool AreThree(double next) => next < -otherEnd.Second && -otherEnd.Second < last;
            var next = isSecond ? end.Third : end.Second;
            SuspectCode Of(double value, double count) => new(name, sign * value, (long)count, rows,
                Math.Min(sign * next, sign * last), Math.Max(sign * next, sign * last));
            return isSecond ? [Of(end.First, end.Count), Of(end.Second, end.SecondCount)]
                : isFirst ? [Of(end.First, end.Count)] : [];
        }

        // The others are three values or more: two and a third are what a column of few values may hold.
        static bool IsFar(double value, double next, double last, double count, double far)
        {
            var isKnown = SuspectCode.IsKnown(value);
            return next < last && count >= (isKnown ? Few : Several)
                && Math.Abs(next - value) > (isKnown ? far : Farther) * Math.Abs(last - next);
        }
    }

    private static End[] NewEnds(int columns)
    {
        var ends = new End[columns];
        Array.Fill(ends, new End
        {
            First = double.PositiveInfinity,
            Second = double.PositiveInfinity,
            Third = double.PositiveInfinity,
        });
        return ends;
    }

    private struct End
    {
        public double First;
        public double Second;
        public double Third;
        public double Count; // of the first
        public double SecondCount;

        public void Add(double value, double count)
        {
            if (value == First)
            {
                Count += count;
            }
            else if (value == Second)
            {
                SecondCount += count;
            }
            else if (value < First)
            {
                (First, Second, Third) = (value, First, Second);
                (Count, SecondCount) = (count, Count);
            }
            else if (value < Second)
            {
                (Second, Third, SecondCount) = (value, Second, count);
            }
            else
            {
                Third = Math.Min(Third, value);
            }
        }

        // What is among the first two of all is so in each part that has it: its count is whole.
        public void Add(End other)
        {
            foreach (var (value, count) in ((double, double)[])[(other.First, other.Count),
                (other.Second, other.SecondCount), (other.Third, 0)])
            {
                if (double.IsFinite(value))
                {
                    Add(value, count);
                }
            }
        }
    }
}
