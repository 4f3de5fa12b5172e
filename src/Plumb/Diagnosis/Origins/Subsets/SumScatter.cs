namespace Plumb.Diagnosis;

/// <summary>
/// How far the sums of rows' terms are scattered by chance, and so how unlikely it is that all of them are near 0:
/// terms that depend on each other on these rows, such as those of inputs that are the same on each, count as one.
/// Kept of the first terms only, which loses evidence and makes up none.
/// </summary>
internal sealed class SumScatter(int terms)
{
    private const int Most = 32; // terms
    private const double Dependent = 1e-12; // of a term's squares: what is left of it beside the others is rounding

    private readonly double[,] _products = new double[Math.Min(terms, Most), Math.Min(terms, Most)];
    private long _rows;

    private SumScatter(SumScatter other) : this(other._products.GetLength(0))
    {
        Array.Copy(other._products, _products, _products.Length);
        _rows = other._rows;
    }

    /// <summary>A row's terms.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        for (var i = 0; i < _products.GetLength(0); i++)
        {
            for (var j = 0; j <= i; j++)
            {
                _products[i, j] += row[i] * row[j];
            }
        }

        _rows++;
    }

    /// <summary>The same rows, to add others to.</summary>
    public SumScatter Copy() => new(this);

    /// <summary>
    /// -log10 of the chance that all sums over these rows lie within the bound: no more than the product, over the
    /// terms in turn, of bound / (1.25 standard deviations beside the terms before), as the density of a normal
    /// variable is nowhere above 0.4 / its standard deviation.
    /// </summary>
    public double DigitsOfSums(double bound) => Digits(bound, 1);

    /// <summary>The same of the terms of a single row.</summary>
    public double DigitsOfOneRow(double bound) => Digits(bound, Math.Max(_rows, 1));

    private double Digits(double bound, double rows)
    {
        const double MostDensity = 0.8; // of 2 bounds, in standard deviations
        var left = (double[,])_products.Clone();
        var digits = 0.0;
        for (var i = 0; i < left.GetLength(0); i++)
        {
            if (left[i, i] > Dependent * _products[i, i])
            {
                digits += Math.Max(0, Math.Log10(Math.Sqrt(left[i, i] / rows) / (MostDensity * bound)));
                TakeOut(left, i);
            }
        }

        return digits;
    }

    /// <summary>What the terms behind one hold beside it.</summary>
    private static void TakeOut(double[,] left, int term)
    {
        for (var i = term + 1; i < left.GetLength(0); i++)
        {
            var part = left[i, term] / left[term, term];
            for (var j = term + 1; j <= i; j++)
            {
                left[i, j] -= part * left[j, term];
            }
        }
    }
}
