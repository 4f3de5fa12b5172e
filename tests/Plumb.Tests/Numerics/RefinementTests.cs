using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Refinement in words does what refinement in exact numbers does.</summary>
public sealed class RefinementTests
{
    [Fact]
    public void Words_give_the_solution_that_exact_numbers_give() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 1 << 20], Gen.Int[0, 40]).Sample((size, seed, range) =>
        {
            var random = new RandomSource(seed);
            var gram = Gram(random, size, range);
            var solver = new PositiveDefiniteSolver(gram);
            Dyadic[] right = [.. Enumerable.Range(0, size).Select(_ => (Dyadic)random.NextNormal())];
            var solution = new CertifiedSolution(solver, right);
            while (!solution.IsSettled)
            {
                solution = solution.Next();
            }

            Dyadic[] scaled = [.. right.Select((value, i) => value.Scale(-solver.Scales[i]))];
            var refined = Refinement.Of(solver.Packed, (CertifiedInverse)solver.Inverse, scaled,
                solver.Scales.Max() - solver.Scales.Min())!;
            var bounds = refined.Bounds;
            var image = solver.Packed.Multiply(refined.Values);
            return refined.Values.Select((value, i) => value.Scale(-solver.Scales[i])).Zip(solution.Values).All(pair =>
                    (pair.First - pair.Second).Magnitude < pair.Second.Magnitude - 85 || pair.First == pair.Second)
                && refined.Residual.Select((value, i) => value == scaled[i] - image[i]).All(same => same)
                && bounds.Errors.All(error => error.Sign >= 0);
        }, iter: 200);

    [Fact]
    public void Numbers_come_back_from_words_and_their_differences_are_exact() =>
        Gen.Select(Gen.Long.Array[4], Gen.Long[-(1L << 50), 1L << 50].Array[4], Gen.Int[-70, 70]).Sample(
            (values, others, shift) =>
            {
                Dyadic[] exact = [.. values.Select(value => (Dyadic)value)];
                var words = FixedVector.TryOf(exact, 4)!;
                var taken = words.TrySubtract([.. others.Select(value => (ulong)value)], 1, shift, shift + 51);
                return taken && words.ToDyadic().Select((value, i) =>
                    value == exact[i] - new Dyadic(others[i], shift)).All(same => same);
            });

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(150)]
    public void Factor_of_many_columns_leaves_little_to_refine(int size)
    {
        var solver = PositiveDefiniteSolver.TryOf(Gram(new RandomSource(1), size, 0))!;
        Assert.True(solver.Inverse.Deviation < 1e-6);
        Dyadic[] right = [.. Enumerable.Range(0, size).Select(i => Dyadic.One.Scale(-solver.Scales[i]))];
        Assert.NotNull(Refinement.Of(solver.Packed, (CertifiedInverse)solver.Inverse, right, 3));
    }

    [Fact]
    public void Too_few_words_are_said_to_be_too_few()
    {
        Assert.Null(FixedVector.TryOf([Dyadic.One, Dyadic.One.Scale(-300)], 4));
        var words = FixedVector.TryOf([Dyadic.One.Scale(200)], 4)!;
        Assert.False(words.TrySubtract([1UL], 1, -100, -99));
        Assert.Equal(Dyadic.One.Scale(200), words[0]);
    }

    private static ScaledMatrix Gram(RandomSource random, int size, int range)
    {
        var rows = Enumerable.Range(0, 2 * size).Select(_ => Enumerable.Range(0, size)
            .Select(j => Math.ScaleB(random.NextNormal(), j * range / size)).ToArray()).ToArray();
        var matrix = new Dyadic[size, size];
        foreach (var row in rows)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    matrix[i, j] += (Dyadic)row[i] * row[j];
                }
            }
        }

        return ScaledMatrix.Of(matrix);
    }
}
