using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class OrthonormalBasisTests
{
    /// <summary>A few vectors, each with 1 at its own place: far from dependent.</summary>
    private static readonly Gen<(double[][] Vectors, double[] X)> s_problem =
        from size in Gen.Int[1, 8]
        from count in Gen.Int[0, size]
        from entries in Gen.Double[-2, 2].Array[size].Array[count]
        from x in Gen.Double[-1, 1].Array[size]
        select (entries.Select((row, k) => row.Select((value, j) => j < count ? (j == k ? 1.0 : 0) : value).ToArray())
            .ToArray(), x);

    [Fact]
    public void Split_adds_up_and_its_rest_is_orthogonal_to_what_the_vectors_span() =>
        s_problem.Sample(problem =>
        {
            var (projection, rest) = Split(problem.Vectors, Wide(problem.X));
            return Enumerable.Range(0, problem.X.Length)
                .All(j => IsNothing(projection[j].ToDyadic() + rest[j].ToDyadic() - problem.X[j]))
                && problem.Vectors.All(vector =>
                    IsNothing(
                        rest.Select((value, j) => value.ToDyadic() * vector[j]).Aggregate(Dyadic.Zero,
                            (sum, term) => sum + term)));
        });

    [Fact]
    public void Projection_projected_again_stays_where_it_is_and_the_rest_is_projected_to_0() =>
        s_problem.Sample(problem =>
        {
            var (projection, rest) = Split(problem.Vectors, Wide(problem.X));
            var again = Split(problem.Vectors, (DoubleDouble[])projection.Clone()).Projection;
            var nothing = Split(problem.Vectors, (DoubleDouble[])rest.Clone()).Projection;
            return again.Select((value, j) => value.ToDyadic() - projection[j].ToDyadic()).All(IsNothing)
                && nothing.All(value => IsNothing(value.ToDyadic()));
        });

    [Fact]
    public void What_the_vectors_span_is_its_own_projection() =>
        s_problem.Where(problem => problem.Vectors.Length > 0).Sample(problem =>
            Split(problem.Vectors, Wide(problem.Vectors[^1])).Remainder.All(value => IsNothing(value.ToDyadic())));

    private static (DoubleDouble[] Projection, DoubleDouble[] Remainder) Split(double[][] vectors, DoubleDouble[] x) =>
        (OrthonormalBasis.Of([.. vectors.Select(Wide)]).Split(x), x);

    private static DoubleDouble[] Wide(double[] values) => [.. values.Select(value => (DoubleDouble)value)];

    /// <summary>
    /// Of numbers near 1, with 106 bits, less 10 for sums and for vectors that are not quite orthogonal to start with.
    /// </summary>
    private static bool IsNothing(Dyadic value) => value.Magnitude < -96;
}
