namespace Plumb.Numerics;

/// <summary>
/// Takes from vectors what lies in the null space of an exact positive semidefinite matrix. Columns are chosen on which
/// the others depend, x[d] = sum of K[j, d] x[j], so that no K[j, d] is large:
/// then little cancels, whatever the columns' units and however close to dependence the first of them are.
/// </summary>
internal sealed class OrthogonalSplit
{
    private readonly ScaledMatrix _matrix;
    private readonly Lazy<PositiveDefiniteSolver> _solver;
    private readonly Lazy<DoubleDouble[][]> _factors; // K, independent x dependent
    private readonly Lazy<OrthonormalBasis> _basis;

    /// <summary>The split at the null space of a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="solver">Solves the equations of the matrix, where it is nonsingular and there is one.</param>
    public OrthogonalSplit(ScaledMatrix matrix, int rank, PositiveDefiniteSolver? solver = null)
    {
        _matrix = matrix;
        Independent = rank == matrix.Size ? [.. Enumerable.Range(0, rank)] : [.. PivotOrder.Of(matrix, rank).Order()];
        Dependent = [.. Enumerable.Range(0, matrix.Size).Except(Independent)];
        _solver = new Lazy<PositiveDefiniteSolver>(() =>
            solver ?? new PositiveDefiniteSolver(Dependent.Length == 0 ? matrix : matrix.Submatrix(Independent)));
        _factors = new Lazy<DoubleDouble[][]>(FindFactors);
        _basis = new Lazy<OrthonormalBasis>(() => OrthonormalBasis.Of(IsOfNullSpace
            ? [.. Dependent.Select((_, d) => NullVector(d))] : [.. Independent.Select((_, j) => OrthogonalVector(j))]));
    }

    private bool IsOfNullSpace => Dependent.Length <= Independent.Length; // or of its complement, where that is smaller

    /// <summary>The columns that the others depend on, ascending.</summary>
    public int[] Independent { get; }

    /// <summary>The others.</summary>
    public int[] Dependent { get; }

    /// <summary>Solves the equations of the independent columns.</summary>
    public PositiveDefiniteSolver Solver => _solver.Value;

    /// <summary>K[j, d]: how much of the j-th independent column is in the d-th dependent one.</summary>
    public DoubleDouble Factor(int j, int d) => _factors.Value[j][d];

    /// <summary>The part of a vector that is orthogonal to the null space.</summary>
    public DoubleDouble[] OrthogonalPart(DoubleDouble[] vector)
    {
        // What lies at dependent columns moves to independent ones along null vectors: the part asked for stays the
        // same.
        var moved = new DoubleDouble[vector.Length];
        for (var j = 0; j < Independent.Length; j++)
        {
            var sum = vector[Independent[j]];
            for (var d = 0; d < Dependent.Length; d++)
            {
                sum += _factors.Value[j][d] * vector[Dependent[d]];
            }

            moved[Independent[j]] = sum;
        }

        var projection = _basis.Value.Split(moved);
        return IsOfNullSpace ? moved : projection;
    }

    private DoubleDouble[][] FindFactors()
    {
        var factors = Independent.Select(_ => new DoubleDouble[Dependent.Length]).ToArray();
        var solver = Solver;
        ParallelFor.ForEach(Dependent.Length, d =>
        {
            var solution = solver.Solve([.. Independent.Select(i => _matrix[i, Dependent[d]])]).Values;
            for (var j = 0; j < Independent.Length; j++)
            {
                factors[j][d] = DoubleDouble.Of(solution[j]);
            }
        });
        return factors;
    }

    private DoubleDouble[] NullVector(int d)
    {
        var vector = new DoubleDouble[Independent.Length + Dependent.Length];
        vector[Dependent[d]] = 1;
        for (var j = 0; j < Independent.Length; j++)
        {
            vector[Independent[j]] = -_factors.Value[j][d];
        }

        return vector;
    }

    private DoubleDouble[] OrthogonalVector(int j)
    {
        var vector = new DoubleDouble[Independent.Length + Dependent.Length];
        vector[Independent[j]] = 1;
        for (var d = 0; d < Dependent.Length; d++)
        {
            vector[Dependent[d]] = _factors.Value[j][d];
        }

        return vector;
    }
}
