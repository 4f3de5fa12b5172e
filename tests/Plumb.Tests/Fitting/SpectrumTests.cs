namespace Plumb.Tests;

public sealed class SpectrumTests
{
    [Fact]
    public void Input_far_from_0_keeps_its_least_eigenvalue()
    {
        // x = 2^53 + 2 i: the matrix is [sum x^2, sum x; sum x, n], its determinant n sum (x - mean)^2 = 12 * 4 * 143,
        // and the sum of its eigenvalues sum x^2 + n.
        var spectrum = Fit(12, i => [Math.ScaleB(1, 53) + (2 * i)]).Spectrum;
        var largest = 12 * Math.ScaleB(1, 106); // to 15 digits
        Assert.Equal(1, spectrum.Eigenvalues[0] / largest, 1e-14);
        Assert.Equal(1, spectrum.Eigenvalues[1] / (12 * 4 * 143 / largest), 1e-14);
        Assert.Equal(1, Math.Abs(spectrum.Eigenvector(1)[1]), 1e-15);
    }

    [Fact]
    public void Units_far_apart_leave_orthonormal_eigenvectors_and_right_eigenvalues()
    {
        var random = new RandomSource(1);
        var spectrum = Fit(12, _ =>
        {
            var a = random.NextNormal();
            return [Math.ScaleB(a, -500), Math.ScaleB(a + random.NextNormal(), 400)];
        }).Spectrum;
        Assert.Equal(3, spectrum.Eigenvalues.Count);
        Assert.True(double.IsFinite(spectrum.ConditionNumber) && spectrum.ConditionNumber < 20);
        for (var i = 0; i < 3; i++)
        {
            for (var k = 0; k < 3; k++)
            {
                var inner = Enumerable.Range(0, 3).Sum(j => spectrum.Eigenvector(i)[j] * spectrum.Eigenvector(k)[j]);
                Assert.Equal(i == k ? 1.0 : 0, inner, 1e-14);
            }
        }
    }

    [Fact]
    public void Small_eigenvalue_of_correlated_inputs_in_units_far_apart_keeps_its_digits()
    {
        // x1 = 2^-70 u, x2 = u + v: of x1, what x2 does not have is left.
        var random = new RandomSource(2);
        var rows = Enumerable.Range(0, 12).Select(_ => (U: random.NextNormal(), V: random.NextNormal())).ToArray();
        var spectrum =
            new LeastSquares { Bias = false }.Fit(
                Moments.Of(Data(12, i => [Math.ScaleB(rows[i].U, -70), rows[i].U + rows[i].V]))).Spectrum;
        double Sum(Func<(double U, double V), double> term) => rows.Sum(term);
        var large = Sum(row => (row.U + row.V) * (row.U + row.V));
        var small = Sum(row => row.U * row.U) - (Math.Pow(Sum(row => row.U * (row.U + row.V)), 2) / large);
        Assert.Equal(1, spectrum.Eigenvalues[1] / Math.ScaleB(small, -140), 1e-13);
    }

    [Fact]
    public void Copies_in_other_units_add_no_eigenvalue()
    {
        var random = new RandomSource(3);
        var fit = Fit(12, _ =>
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            return [a, Math.ScaleB(a, 150), Math.ScaleB(a, 151), b];
        });
        Assert.Equal(3, fit.Spectrum.Eigenvalues.Count);
        Assert.InRange(fit.Spectrum.Eigenvalues[1], 1, 50);
        Assert.Equal(Math.ScaleB(fit.Map.WeightsOf(0)[2], -151), fit.Map.WeightsOf(0)[0],
            Math.Abs(fit.Map.WeightsOf(0)[0]) * 1e-15);
    }

    [Fact]
    public void Nothing_to_learn_has_no_spectrum()
    {
        var spectrum = new LeastSquares { Bias = false }.Fit(Moments.Of(Data(3, _ => [0, 0]))).Spectrum;
        Assert.Empty(spectrum.Eigenvalues);
        Assert.True(double.IsNaN(spectrum.ConditionNumber));
    }

    private static LinearFit Fit(int rows, Func<int, double[]> row) =>
        new LeastSquares().Fit(Moments.Of(Data(rows, row)));

    private static Dataset Data(int rows, Func<int, double[]> row)
    {
        var random = new RandomSource(9);
        return Reference.Dataset([.. Enumerable.Range(0, rows).Select(row)],
            [.. Enumerable.Range(0, rows).Select(_ => (double[])[random.NextNormal()])]);
    }
}
