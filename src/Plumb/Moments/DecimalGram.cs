using System.Globalization;
using System.Numerics;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The sums that moments are: of 10^d z, z = [x; y; 1], d the decimals of the finest number where the rows were
/// decimals, and 0 where they were doubles.
/// </summary>
internal sealed class DecimalGram
{
    private readonly Monomials? _monomials;

    private DecimalGram(ExactGram gram, int decimals, Monomials? monomials) =>
        (Gram, Decimals, _monomials) = (gram, decimals, monomials);

    /// <summary>The sums of 10^d z.</summary>
    public ExactGram Gram { get; private set; }

    /// <summary>The decimals of the finest number.</summary>
    public int Decimals { get; private set; }

    /// <summary>The most threads that add rows.</summary>
    public int Threads => Gram.Threads;

    /// <summary>How many times what it says each sum is: 10^(2 d).</summary>
    public Dyadic Unit => new(BigInteger.Pow(10, 2 * Decimals), 0);

    /// <summary>The sum of a product of two elements of 10^d z.</summary>
    public Dyadic this[int i, int j] => Gram[i, j];

    /// <summary>The sums of no rows.</summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="threads">The most threads that add rows.</param>
    /// <exception cref="ArgumentException">There are more columns than memory has room for.</exception>
    public static DecimalGram Empty(Design design, int threads)
    {
        RequireMemory(design.Names);
        var monomials = design.ToMonomials();
        return new DecimalGram(new ExactGram(SizeOf(design.Names), monomials) { Threads = threads }, 0, monomials);
    }

    /// <summary>Sums that are there already.</summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="sums">The sums for 10^decimals z.</param>
    /// <param name="decimals">0 or more.</param>
    public static DecimalGram Of(Design design, ExactGram sums, int decimals)
    {
        var gram = Empty(design, Environment.ProcessorCount);
        gram.Gram.Add(sums, 1);
        gram.Decimals = decimals;
        return gram;
    }

    /// <summary>The sums of 10^decimals z, of columns as they are.</summary>
    public static DecimalGram Of(ExactGram gram, int decimals) => new(gram, decimals, null);

    /// <summary>Other sums of as many decimals.</summary>
    public DecimalGram With(ExactGram sums) => new(sums, Decimals, null);

    /// <summary>The sums for some elements of z, in this order; the last of z stays the last.</summary>
    public DecimalGram Select(IReadOnlyList<int> elements) => new(Gram.Select(elements), Decimals, null);

    /// <summary>A copy that no change of this one changes, nor the other way round.</summary>
    public DecimalGram Clone() => new(Gram.Clone(), Decimals, _monomials);

    /// <summary>Whether all sums are equal, whatever the decimals.</summary>
    public bool SameAs(DecimalGram other)
    {
        var decimals = Math.Max(Decimals, other.Decimals);
        return OnGrid(decimals).SameAs(other.OnGrid(decimals));
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another's sums.</summary>
    public void Add(DecimalGram other, int sign)
    {
        var decimals = Math.Max(Decimals, other.Decimals);
        (Gram, Decimals) = (OnGrid(decimals), decimals);
        Gram.Add(other.OnGrid(decimals), sign);
    }

    /// <summary>
    /// Adds (sign 1) or takes away (sign -1) rows of doubles: all of them, or none and the place of the first value
    /// that is not finite.
    /// </summary>
    public (int Row, int Column)? Add(RowBlock rows, ReadOnlyMemory<double> weights, int sign)
    {
        if (Decimals == 0)
        {
            return Gram.Add(rows, weights, sign);
        }

        var plain = new DecimalGram(new ExactGram(Gram.Size, _monomials) { Threads = Threads }, 0, _monomials);
        if (plain.Add(rows, weights, 1) is { } place)
        {
            return place;
        }

        Add(plain, sign);
        return null;
    }

    /// <summary>The sums for 10^decimals z, with as many decimals as there are or more.</summary>
    private ExactGram OnGrid(int decimals) =>
        decimals == Decimals ? Gram
            : Gram.Times([.. Enumerable.Repeat(new Dyadic(BigInteger.Pow(10, decimals - Decimals), 0), Gram.Size)]);

    private static int SizeOf(VariableNames names) => names.Inputs.Count + names.Targets.Count + 1;

    private static void RequireMemory(VariableNames names)
    {
        var (columns, available) = ((long)SizeOf(names), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        var needed = ExactGram.BytesFor(columns);
        if (columns > ExactGram.LargestSize || needed > available)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the sums of {names.Inputs.Count} inputs and {names.Targets.Count} targets take about "
                        + $"{needed >> 20} MB; this process can have {available >> 20} MB, and "
                        + $"{ExactGram.LargestSize - 1} columns at most: choose fewer."));
        }
    }
}
