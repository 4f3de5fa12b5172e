namespace Plumb.Numerics;

/// <summary>
/// Takes from vectors what lies in the null space of an exact positive semidefinite matrix. Columns are chosen on which
/// the others depend, x[d] = sum of K[j, d] x[j], so that no K[j, d] is large:
/// then little cancels, whatever the columns' units and however close to dependence the first of them are.
/// </summary>
internal sealed class OrthogonalSplit
{
    private readonly DoubleDouble[][] _factors; // K, independent x dependent
    private readonly OrthonormalBasis _basis;
    private readonly bool _isOfNullSpace; // or of its complement: the smaller of the two

    /// <summary>The split at the null space of a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rank">Its rank.</param>
    public OrthogonalSplit(ScaledMatrix matrix, int rank)
    {
        Independent = rank == matrix.Size ? [.. Enumerable.Range(0, rank)] : [.. PivotOrder.Of(matrix, rank).Order()];
        Dependent = [.. Enumerable.Range(0, matrix.Size).Except(Independent)];
        _factors = [.. Independent.Select(_ => new DoubleDouble[Dependent.Length])];
        var solver = Dependent.Length == 0 ? null : new PositiveDefiniteSolver(matrix.Submatrix(Independent));
        ParallelFor.ForEach(Dependent.Length, d =>
        {
            var solution = solver!.Solve([.. Independent.Select(i => matrix[i, Dependent[d]])]).Values;
            for (var j = 0; j < Independent.Length; j++)
            {
                _factors[j][d] = DoubleDouble.Of(solution[j]);
            }
        });

        _isOfNullSpace = Dependent.Length <= Independent.Length;
        _basis =
            OrthonormalBasis.Of(_isOfNullSpace ? [.. Dependent.Select((_, d) => NullVector(d))]
                : [.. Independent.Select((_, j) => OrthogonalVector(j))]);
    }

    /// <summary>The columns that the others depend on, ascending.</summary>
    public int[] Independent { get; }

    /// <summary>The others.</summary>
    public int[] Dependent { get; }

    /// <summary>K[j, d]: how much of the j-th independent column is in the d-th dependent one.</summary>
    public DoubleDouble Factor(int j, int d) => _factors[j][d];

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
                sum += _factors[j][d] * vector[Dependent[d]];
            }

            moved[Independent[j]] = sum;
        }

        var projection = _basis.Split(moved);
        return _isOfNullSpace ? moved : projection;
    }

    private DoubleDouble[] NullVector(int d)
    {
        var vector = new DoubleDouble[Independent.Length + Dependent.Length];
        vector[Dependent[d]] = 1;
        for (var j = 0; j < Independent.Length; j++)
        {
            vector[Independent[j]] = -_factors[j][d];
        }

        return vector;
    }

    private DoubleDouble[] OrthogonalVector(int j)
    {
        var vector = new DoubleDouble[Independent.Length + Dependent.Length];
        vector[Independent[j]] = 1;
        for (var d = 0; d < Dependent.Length; d++)
        {
            vector[Dependent[d]] = _factors[j][d];
        }

        return vector;
    }
}
