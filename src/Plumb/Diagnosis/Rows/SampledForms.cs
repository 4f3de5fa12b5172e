using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// What rows that were kept say of the form of the relation: products of two inputs, and residuals along each input.
/// And what a product explains that other tests say too: a curve, uneven noise, neighbours that are alike.
/// </summary>
internal sealed class SampledForms
{
    private readonly RowFrame _frame;
    private readonly SampledRows _rows;
    private readonly ProductTests _products;
    private readonly AlongInputTests _along;
    private ColumnBasis? _ofVariances;

    /// <summary>Tests of all targets.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="sample">Rows that were kept.</param>
    /// <param name="sampled">These as columns.</param>
    /// <param name="areCounted">Whether weights say how many rows each stands for.</param>
    public SampledForms(RowFrame frame, RowSample sample, SampledRows sampled, bool areCounted)
    {
        var most = ProductTests.RowsFor(frame);
        _frame = frame;
        _rows = most >= sample.Rows.Count ? sampled : new SampledRows(frame, sample.Within(most), areCounted);
        (_products, _along) = (new ProductTests(frame, _rows), new AlongInputTests(frame, _rows));
    }

    /// <summary>The test of products.</summary>
    public ProductTest? Product(int target) => _products.Of(target);

    /// <summary>The test of residuals along each input.</summary>
    public HypothesisTest? AlongInput(int target) => _along.Of(_products.Fit(target), target);

    /// <summary>
    /// Of the tests that speak, those that say something new: a product that is more than squares of the inputs, and a
    /// curve that is more than that product.
    /// </summary>
    /// <param name="product">The product, which speaks.</param>
    /// <param name="speaking">All tests that do.</param>
    /// <param name="level">What their p-values are below.</param>
    public IReadOnlyList<HypothesisTest> Settle(ProductTest product, IReadOnlyList<HypothesisTest> speaking,
        double level)
    {
        var column = _products.Product(product.First, product.Second);
        var fit = _products.Fit(product.Target);
        if (speaking.Any(test => test.Code == "bends"))
        {
            var squares = Enumerable.Range(0, _frame.Coordinates).Select(k => _products.Product(k, k));
            if (!(fit.With(squares).Test(column)?.PValue * product.Test.Among < level))
            {
                return [.. speaking.Where(test => test.Code != "product")];
            }
        }

        var with = fit.With([column]);
        bool IsNew(HypothesisTest test) => test.Code switch
        {
            "bends" => with.Test(_products.Product(PlaceOf(test.Input!), PlaceOf(test.Input!)))?.PValue * test.Among
                < level,
            "reset" => _rows.PowersOfPredictions(product.Target)
                .Any(power => with.Test(power)?.PValue * 2 < level),
            _ => true,
        };
        return [.. speaking.Where(IsNew)];
    }

    /// <summary>
    /// Whether the noise that is left with a product changes with the inputs: Koenker's test, of the rows kept.
    /// </summary>
    public double PValueOfNoiseWith(ProductTest product)
    {
        var residuals = With(product).Residuals;
        var squares = new double[residuals.Length];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = residuals[i] * residuals[i] / Math.Sqrt(_rows.Count(i)); // times the root, once
        }

        var constant = _rows.Weighted([.. Enumerable.Repeat(1.0, squares.Length)], isWeighted: false);
        var about = new ColumnBasis(squares.Length, [constant]).Remainder(squares);
        _ofVariances ??= new ColumnBasis(squares.Length, [constant,
            .. Enumerable.Range(0, _frame.Coordinates).Select(_rows.Standardized)
                .Select(column => _rows.Weighted(column, isWeighted: false))]);
        var (total, rest) = (ColumnBasis.Dot(about, about), _ofVariances.Remainder(squares));
        return total > 0 && _ofVariances.Rank > 1
            ? ChiSquared.UpperTail(_rows.Units * (1 - ColumnBasis.Dot(rest, rest) / total), _ofVariances.Rank - 1) : 1;
    }

    /// <summary>
    /// Durbin and Watson's statistic of what a product leaves; null where not all rows were kept, or some are alike.
    /// </summary>
    public double? DurbinWatsonWith(ProductTest product)
    {
        if (_rows.Length < _frame.Fit.Rows)
        {
            return null;
        }

        var (residuals, steps, last) = (With(product).Residuals, 0.0, double.NaN);
        foreach (var place in _rows.InOrder())
        {
            var step = double.IsNaN(last) ? 0 : residuals[place] - last;
            (steps, last) = (steps + step * step, residuals[place]);
        }

        return steps / ColumnBasis.Dot(residuals, residuals);
    }

    private SampledFit With(ProductTest product) =>
        _products.Fit(product.Target).With([_products.Product(product.First, product.Second)]);

    private int PlaceOf(string input) =>
        Enumerable.Range(0, _frame.Coordinates).First(k => _frame.Names.Inputs[_frame.Place.Inputs[k]] == input);
}
