namespace Plumb.Numerics;

/// <summary>An approximate solution of A x = b with its exact residual and proved bounds on its errors.</summary>
internal sealed class CertifiedSolution
{
    private const int Guard = 60; // more bits, so that what is called nothing is far below what is looked at

    private readonly PositiveDefiniteSolver _solver;
    private readonly Dyadic[] _rightHandSide; // this and what follows in the scaled coordinates
    private readonly Dyadic[] _values;
    private readonly Dyadic[] _residual;
    private readonly bool[] _isZero; // elements that have been decided to be 0, and stay so
    private readonly bool _areProved; // these

    /// <summary>The solution 0, to begin with.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="rightHandSide">b.</param>
    public CertifiedSolution(PositiveDefiniteSolver solver, Dyadic[] rightHandSide)
        : this(solver, [.. rightHandSide.Select((value, i) => value.Scale(-solver.Scales[i]))],
            new Dyadic[rightHandSide.Length], null, new bool[rightHandSide.Length], areProved: true)
    {
    }

    private CertifiedSolution(PositiveDefiniteSolver solver, Dyadic[] rightHandSide, Dyadic[] values,
        Dyadic[]? residual, bool[] isZero, bool areProved)
    {
        (_solver, _rightHandSide, _values, _residual, _isZero, _areProved) =
            (solver, rightHandSide, values, residual ?? rightHandSide, isZero, areProved);
        Bounds = values.Length == 0 ? new ErrorBounds([], [], Dyadic.Zero, []) : solver.Inverse.Judge(_residual);
        for (var i = 0; i < isZero.Length; i++)
        {
            if (isZero[i])
            {
                (Bounds.Errors[i], Bounds.Step[i]) = (Dyadic.Zero, Dyadic.Zero);
            }
        }
    }

    /// <summary>x.</summary>
    public Dyadic[] Values => field ??= [.. _values.Select((value, i) => value.Scale(-_solver.Scales[i]))];

    /// <summary>b - A x, exactly.</summary>
    public Dyadic[] Residual => field ??= [.. _residual.Select((value, i) => value.Scale(_solver.Scales[i]))];

    /// <summary>How far x is from the solution at most, in the scaled coordinates.</summary>
    public ErrorBounds Bounds { get; }

    /// <summary>Whether x solves the equations exactly.</summary>
    public bool IsExact => Array.TrueForAll(_residual, value => value.IsZero);

    /// <summary>An element of the solution; nothing is proved of one that is called 0 without a proof.</summary>
    public Enclosure Element(int element) => new(Values[element], _isZero[element] && !_areProved ? null
        : Bounds.Errors[element].Scale(-_solver.Scales[element]));

    /// <summary>
    /// A bound on |m'(solution - x)|, given bounds on |J m|; null where an element is called 0 without a proof.
    /// </summary>
    public Dyadic? ErrorOf(Dyadic[] projection)
    {
        var sum = Dyadic.Zero;
        for (var k = 0; k < projection.Length; k++)
        {
            sum += projection[k] * Bounds.Reach[k];
        }

        return _isZero.Contains(true) && !_areProved ? null : sum;
    }

    /// <summary>Whether every element is good to 90 bits, or nothing beside the largest.</summary>
    public bool IsSettled
    {
        get
        {
            if (_values.Length == 0)
            {
                return true;
            }

            var nothing = Nothing;
            return Enumerable.Range(0, _values.Length)
                .All(i => IsGood(i)
                    || (_values[i].Magnitude < nothing && Bounds.Errors[i].Magnitude < nothing - Guard));
        }
    }

    /// <summary>
    /// The power of two below which an element, in the scaled coordinates, can only be 0: no digit wanted of another
    /// depends on it, even in the units of the data.
    /// </summary>
    private int Nothing =>
        _values.Max(value => value.Magnitude) - PositiveDefiniteSolver.WantedBits
            - (_solver.Scales.Max() - _solver.Scales.Min());

    /// <summary>One more round of refinement.</summary>
    public CertifiedSolution Next()
    {
        Stop.IfAsked();
        var product = _solver.Packed.Multiply(Bounds.Step);
        return new CertifiedSolution(
            _solver,
            _rightHandSide,
            [.. _values.Select((value, i) => value + Bounds.Step[i])],
            [.. _residual.Select((value, i) => value - product[i])],
            _isZero,
            _areProved);
    }

    /// <summary>
    /// x rounded to doubles, what is nothing beside the largest to 0, if that solves the equations exactly: whole
    /// numbers and short fractions come out as such. Otherwise null.
    /// </summary>
    public CertifiedSolution? RoundIfExact()
    {
        if (_values.Length == 0 || IsExact)
        {
            return this;
        }

        var nothing = Nothing;
        var rounded = new Dyadic[_values.Length];
        for (var i = 0; i < rounded.Length; i++)
        {
            var value = _values[i].Magnitude < nothing ? 0 : Values[i].ToDouble();
            if (!double.IsFinite(value))
            {
                return null;
            }

            rounded[i] = ((Dyadic)value).Scale(_solver.Scales[i]);
        }

        // One equation tells nearly always.
        if (_solver.Packed.MultiplyRow(0, rounded) != _rightHandSide[0]
            || !_solver.Packed.Multiply(rounded).SequenceEqual(_rightHandSide))
        {
            return null;
        }

        return new CertifiedSolution(_solver, _rightHandSide, rounded, new Dyadic[rounded.Length],
            new bool[rounded.Length], areProved: true);
    }

    /// <summary>
    /// Decides which of the elements that are nothing beside the largest are 0. One that is not is at least 1 / det(A)
    /// in whole numbers, by Cramer's rule, and the determinant at most
    /// the product of the diagonal, by Hadamard's inequality: refinement proves 0 once it is below that. Where it would
    /// take too long, residues modulo two primes tell.
    /// </summary>
    public CertifiedSolution WithZerosDecided()
    {
        const long MostWork = 2_000_000_000; // multiplications of words
        int[] open = [.. Enumerable.Range(0, _values.Length).Where(i => !IsGood(i))];
        if (open.Length == 0)
        {
            return this;
        }

        var least = LeastElements();
        var rounds = (Bounds.Errors.Max(error => error.Magnitude) - open.Min(i => least[i]))
            / Math.Max(1, PackedMatrix.StepBits - 10);
        if (rounds * (long)_values.Length * _values.Length > MostWork)
        {
            var isZero = ZeroElements.Of(_solver.Coefficients,
                [.. _rightHandSide.Select((value, i) => value.Scale(_solver.Scales[i]))]);
            return WithZeros([.. open.Where(i => isZero[i])], areProved: false);
        }

        var solution = this;
        while (open.Any(i => !solution.IsGood(i) && !solution.Scaled(i).IsBelow(least[i])))
        {
            solution = solution.Next();
        }

        return solution.WithZeros([.. open.Where(i => !solution.IsGood(i))], areProved: true);
    }

    private bool IsGood(int i) => Scaled(i).IsGoodTo(PositiveDefiniteSolver.WantedBits);

    /// <summary>The same in the scaled coordinates, whatever it is called.</summary>
    private Enclosure Scaled(int i) => new(_values[i], Bounds.Errors[i]);

    /// <summary>Powers of two that elements other than 0 are not below, in the scaled coordinates.</summary>
    private int[] LeastElements()
    {
        var matrix = _solver.Coefficients;
        var determinant = Enumerable.Range(0, matrix.Size).Sum(i => matrix.BitLengthOf(i, i));
        var grid =
            _rightHandSide.Select((value, i) => value.IsZero ? int.MaxValue
                : value.Exponent + _solver.Scales[i] - matrix.Exponents[i]).Min();
        return [.. Enumerable.Range(0, matrix.Size)
            .Select(i => grid - determinant - matrix.Exponents[i] + _solver.Scales[i])];
    }

    private CertifiedSolution WithZeros(int[] elements, bool areProved)
    {
        if (elements.Length == 0)
        {
            return this;
        }

        var (values, removed, isZero) =
            ((Dyadic[])_values.Clone(), new Dyadic[_values.Length], new bool[_values.Length]);
        foreach (var i in elements)
        {
            (removed[i], values[i], isZero[i]) = (values[i], Dyadic.Zero, true);
        }

        var product = _solver.Packed.Multiply(removed);
        return new CertifiedSolution(_solver, _rightHandSide, values,
            [.. _residual.Select((value, i) => value + product[i])], isZero, areProved);
    }
}
