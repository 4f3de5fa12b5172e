namespace Plumb.Formats;

/// <summary>
/// The finest digits of the numbers of one column, and how many numbers have their first digit at each place.
/// </summary>
internal sealed class PrintedColumn
{
    private const int Largest = 308; // the first digit of the largest double is at 10^308
    private const int Smallest = -324; // that of the smallest at 10^-324
    private long[] _counts = []; // grown as exponents come: most columns have few, and a file may have 100,000 columns
    private int _lowest; // the exponent of the first count
    private long _zeros;
    private int _finest = int.MinValue;

    /// <summary>The most digits from the first that is not 0 to the last.</summary>
    public int Digits { get; private set; }

    /// <summary>The finest decimals; 0 when there is no number.</summary>
    public int Decimals => _finest == int.MinValue ? 0 : _finest;

    /// <summary>Counts one number.</summary>
    public void Add(DecimalPlaces number)
    {
        _finest = Math.Max(_finest, number.Decimals);
        if (number.Digits == 0)
        {
            _zeros++;
            return;
        }

        Digits = Math.Max(Digits, number.Digits);
        Add(Math.Clamp(number.Exponent, Smallest, Largest), 1);
    }

    /// <summary>Counts the numbers of another part of the column.</summary>
    public void Add(PrintedColumn other)
    {
        _finest = Math.Max(_finest, other._finest);
        Digits = Math.Max(Digits, other.Digits);
        _zeros += other._zeros;
        for (var i = 0; i < other._counts.Length; i++)
        {
            if (other._counts[i] > 0)
            {
                Add(other._lowest + i, other._counts[i]);
            }
        }
    }

    /// <summary>The root of the sum of squares of half a unit of each number's last place.</summary>
    public double Length()
    {
        var zero = 0.5 * Math.Pow(10, -Decimals);
        var largest = _counts.Length == 0 ? zero : HalfUnit(_lowest + Array.FindLastIndex(_counts, count => count > 0));
        if (largest == 0)
        {
            return 0; // below every double
        }

        // In units of the largest, whose square might be too large for a double.
        double Square(double half) => half / largest * (half / largest);
        var sum = _zeros * Square(zero);
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += _counts[i] == 0 ? 0 : _counts[i] * Square(HalfUnit(_lowest + i));
        }

        return largest * Math.Sqrt(sum);
    }

    private double HalfUnit(int exponent) => 0.5 * Math.Pow(10, Math.Max(-Decimals, exponent + 1 - Digits));

    private void Add(int exponent, long count)
    {
        if (exponent < _lowest || exponent >= _lowest + _counts.Length)
        {
            var lowest = _counts.Length == 0 ? exponent : Math.Min(_lowest, exponent);
            var end = _counts.Length == 0 ? exponent + 1 : Math.Max(_lowest + _counts.Length, exponent + 1);
            var grown = new long[end - lowest];
            _counts.CopyTo(grown, _counts.Length == 0 ? 0 : _lowest - lowest);
            (_counts, _lowest) = (grown, lowest);
        }

        _counts[exponent - _lowest] += count;
    }
}
