using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Arithmetic on columns of a few rows, element by element, so that no result depends on how rows are cut into columns.
/// Lengths are whole octets.
/// </summary>
internal static class ColumnKernels
{
    /// <summary>The elements that are worked on at a time.</summary>
    public const int Octet = 8;

    /// <summary>The least number of whole octets' elements that holds a count.</summary>
    public static int RoundUp(int count) => (count + Octet - 1) & -Octet;

    /// <summary>((source - high) - low) factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize(ReadOnlySpan<double> source, double high, double low, double factor,
        Span<double> result)
    {
        var (h, l, f) = (Vector512.Create(high), Vector512.Create(low), Vector512.Create(factor));
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store((Load(source, i) - h - l) * f, result, i);
        }
    }

    /// <summary>
    /// One row of a forward substitution, for every element: (own - factors[0] columns[0] - ...) scale.
    /// </summary>
    /// <param name="own">What is solved for.</param>
    /// <param name="factors">One a column before.</param>
    /// <param name="columns">These columns, which have been solved for.</param>
    /// <param name="scale">The inverse of the diagonal element.</param>
    /// <param name="result">Receives the solution.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Substitute(ReadOnlySpan<double> own, ReadOnlySpan<double> factors, double[][] columns,
        double scale, Span<double> result)
    {
        for (var i = 0; i < result.Length; i += Octet)
        {
            var sum = Load(own, i);
            for (var j = 0; j < factors.Length; j++)
            {
                sum = Vector512.FusedMultiplyAdd(Load(columns[j], i), Vector512.Create(-factors[j]), sum);
            }

            Store(sum * Vector512.Create(scale), result, i);
        }
    }

    /// <summary>sum += (factor source)^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquaresOfMultiples(ReadOnlySpan<double> source, double factor, Span<double> sum)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < sum.Length; i += Octet)
        {
            var multiple = Load(source, i) * f;
            Store(Load(sum, i) + multiple * multiple, sum, i);
        }
    }

    /// <summary>
    /// What a row without others would have for a residual, r / (1 - h): 0 where 1 - h is at most as large as given.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DivideByRests(ReadOnlySpan<double> residuals, ReadOnlySpan<double> leverages, double alone,
        Span<double> result)
    {
        var (one, least) = (Vector512.Create(1.0), Vector512.Create(alone));
        for (var i = 0; i < result.Length; i += Octet)
        {
            var rest = one - Load(leverages, i);
            var quotient = Load(residuals, i) / rest;
            Store(Vector512.ConditionalSelect(Vector512.GreaterThan(rest, least), quotient, Vector512<double>.Zero),
                result, i);
        }
    }

    /// <summary>The largest of some numbers, which are not negative; not a number where one of them is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Largest(ReadOnlySpan<double> column)
    {
        var largest = Vector512<double>.Zero;
        for (var i = 0; i < column.Length; i += Octet)
        {
            largest = Vector512.Max(largest, Load(column, i));
        }

        var most = largest[0];
        for (var i = 1; i < Octet; i++)
        {
            most = Math.Max(most, largest[i]);
        }

        return most;
    }

    /// <summary>
    /// r^2 / (1 - h), by which a residual lowers the sum of squares of the others, and that times h / (1 - h).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FindInfluence(ReadOnlySpan<double> residuals, ReadOnlySpan<double> leverages,
        Span<double> explained, Span<double> influence)
    {
        var one = Vector512.Create(1.0);
        for (var i = 0; i < explained.Length; i += Octet)
        {
            var (r, h) = (Load(residuals, i), Load(leverages, i));
            var perRest = one / (one - h);
            var own = r * r * perRest;
            Store(own, explained, i);
            Store(own * h * perRest, influence, i);
        }
    }

    /// <summary>column *= factor, or what it may be at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleUpTo(double most, double factor, Span<double> column)
    {
        var (m, f) = (Vector512.Create(most), Vector512.Create(factor));
        for (var i = 0; i < column.Length; i += Octet)
        {
            Store(Vector512.Min(Load(column, i) * f, m), column, i);
        }
    }

    /// <summary>left right, then rounded to a grid: see <see cref="Grid(int)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double shifter,
        Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(left, i) * Load(right, i) + s - s, result, i);
        }
    }

    /// <summary>Rounds to a grid; not at all with shifter 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ReadOnlySpan<double> source, double shifter, Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(source, i) + s - s, result, i);
        }
    }

    /// <summary>left - right, rounded to a grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double shifter,
        Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(left, i) - Load(right, i) + s - s, result, i);
        }
    }

    /// <summary>
    /// Of rows that follow each other: steps += factor (b - a)^2 and bends += factor ((c - b) - (b - a))^2, for each
    /// row a and the two behind it.
    /// </summary>
    /// <param name="column">Two elements longer than the sums, in whole octets.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="steps">The sum over columns, a row.</param>
    /// <param name="bends">The other sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquaresOfSteps(ReadOnlySpan<double> column, double factor, Span<double> steps,
        Span<double> bends)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < steps.Length; i += Octet)
        {
            var next = Load(column, i + 1);
            var step = next - Load(column, i);
            var bend = Load(column, i + 2) - next - step;
            Store(Vector512.FusedMultiplyAdd(step * f, step, Load(steps, i)), steps, i);
            Store(Vector512.FusedMultiplyAdd(bend * f, bend, Load(bends, i)), bends, i);
        }
    }

    /// <summary>
    /// (high, low) += factor source, with about twice the digits of a double. Ogita, Rump and Oishi, Accurate sum and
    /// dot
    /// product, SIAM J. Sci. Comput. 26, 2005, algorithm 5.3.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultipleExactly(ReadOnlySpan<double> source, double factor, Span<double> high,
        Span<double> low)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < high.Length; i += Octet)
        {
            var (x, sum) = (Load(source, i), Load(high, i));
            var product = x * f;
            var lost = Vector512.FusedMultiplyAdd(x, f, -product);
            var next = sum + product;
            var virtualProduct = next - sum;
            lost += sum - (next - virtualProduct) + (product - virtualProduct);
            Store(next, high, i);
            Store(Load(low, i) + lost, low, i);
        }
    }

    /// <summary>Mixes the bits of numbers into hashes: equal numbers, -0 and 0 among them, alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hash(ReadOnlySpan<double> column, ulong multiplier, Span<ulong> hashes)
    {
        var m = Vector512.Create(multiplier);
        ref var first = ref MemoryMarshal.GetReference(hashes);
        for (var i = 0; i < hashes.Length; i += Octet)
        {
            var bits = (Load(column, i) + Vector512<double>.Zero).AsUInt64(); // -0 + 0 is 0
            var hash = Vector512.LoadUnsafe(ref first, (nuint)i) ^ bits;
            hash = (hash ^ (hash >>> 32)) * m;
            (hash ^ (hash >>> 29)).StoreUnsafe(ref first, (nuint)i);
        }
    }

    /// <summary>
    /// What rounds numbers to whole multiples of 2^-bits when it is added and taken away again; 0 for no rounding.
    /// </summary>
    public static double Grid(int bits) => bits > 0 ? 1.5 * Math.ScaleB(1, 52 - bits) : 0;

    /// <summary>The octet of a column that begins at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ReadOnlySpan<double> column, int place) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(column), (nuint)place);

    /// <summary>Writes an octet of a column, from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, Span<double> column, int place) =>
        value.StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)place);
}
