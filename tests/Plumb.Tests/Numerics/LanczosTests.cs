using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class LanczosTests
{
    [Fact]
    public void Largest_eigenvalue_is_that_of_all_of_them() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1 << 20]).Sample((size, seed) =>
        {
            // B B', with as many columns as rows or fewer.
            var random = new RandomSource(seed);
            var factor = Enumerable.Range(0, size)
                .Select(_ => Enumerable.Range(0, 1 + size / 2).Select(_ => random.NextNormal()).ToArray()).ToArray();
            double Element(int i, int j) => factor[i].Zip(factor[j], (left, right) => left * right).Sum();
            var all = SymmetricEigenvalues.Of(
                [.. Enumerable.Range(0, size).Select(i =>
                    Enumerable.Range(0, size).Select(j => Element(i, j)).ToArray())]);
            var largest = Lanczos.Largest(size, (x, product) =>
            {
                for (var i = 0; i < size; i++)
                {
                    product[i] = Enumerable.Range(0, size).Sum(j => Element(i, j) * x[j]);
                }
            });
            return Math.Abs(largest!.Value - all[0]) <= 1e-11 * all[0];
        }, iter: 50);

    [Fact]
    public void Cluster_at_the_end_is_found()
    {
        // 1, 1 - 1e-9, ... beside 0 to 1/2.
        const int Size = 200;
        double Value(int i) => i < 5 ? 1 - (i * 1e-9) : i / (2.0 * Size);
        var largest = Lanczos.Largest(Size, (x, product) =>
        {
            for (var i = 0; i < Size; i++)
            {
                product[i] = Value(i) * x[i];
            }
        });
        Assert.Equal(1, largest!.Value, 2e-9);
    }

    [Fact]
    public void What_is_not_finite_has_none() =>
        Assert.Null(Lanczos.Largest(3, (_, product) => product.AsSpan().Fill(double.NaN)));
}
