namespace Plumb.Tests;

/// <summary>Standardized inputs are another description of the same problem.</summary>
public sealed class StandardizationTests
{
    [Fact]
    public void Moments_are_those_of_the_standardized_rows() =>
        TrainingProblems.Any.Sample(problem =>
        {
            var scaling = Standardization.Of(problem.Moments);
            var (rows, moments) = (scaling.Apply(problem.Data), scaling.Apply(problem.Moments));
            var (left, right) = (new LeastSquares().Fit(moments), problem.Fit);
            return left.Rank == right.Rank
                && rows.Rows == moments.Rows
                && Math.Abs(left.ResidualSumOfSquares.Sum() - right.ResidualSumOfSquares.Sum())
                    <= 1e-13 * (1 + right.ResidualSumOfSquares.Sum());
        });

    [Fact]
    public void Moments_of_rows_that_standardize_without_rounding_are_equal_to_the_bit()
    {
        // Means of 3 and -6 and powers of two: nothing rounds.
        var data = Reference.Dataset([[1, -16], [5, 4], [3, -6], [3, -6]], [[1], [2], [3], [5]]);
        var scaling = Standardization.Of(Moments.Of(data));
        Assert.Equal([3, -6], scaling.Centres);
        Assert.Equal(Moments.Of(scaling.Apply(data)), scaling.Apply(Moments.Of(data)));
    }

    [Fact]
    public void Fold_undoes_Apply() =>
        TrainingProblems.Any.Sample(problem =>
        {
            var scaling = Standardization.Of(problem.Moments);
            return (scaling.Fold(scaling.Apply(problem.Start)) - problem.Start).Norm <= 1e-14 * problem.Start.Norm;
        });

    [Fact]
    public void Fit_of_standardized_inputs_folds_back_to_the_fit()
    {
        var random = new RandomSource(1);
        var data = new Dataset(Matrix.Create(60, 3, (_, j) => 1000 * (j + 1) + Math.Pow(100, j) * random.NextNormal()),
            Matrix.Create(60, 2, (_, _) => random.NextNormal()));
        var moments = Moments.Of(data);
        var scaling = Standardization.Of(moments);
        var (fit, scaled) = (new LeastSquares().Fit(moments), new LeastSquares().Fit(scaling.Apply(moments)));
        Assert.True((scaling.Fold(scaled.Map) - fit.Map).Norm <= 1e-14 * fit.Map.Norm);
        Assert.True(scaled.Spectrum.Eigenvalues[0] / scaled.Spectrum.Eigenvalues[^1] < 20);
        Assert.True(fit.Spectrum.Eigenvalues[0] / fit.Spectrum.Eigenvalues[^1] > 1e6);
    }

    [Fact]
    public void Without_a_bias_nothing_is_centred() =>
        Assert.All(Standardization.Of(Moments.Of(Reference.Dataset([[5], [7]], [[1], [2]])), bias: false).Centres,
            centre => Assert.Equal(0, centre));

    [Fact]
    public void Loss_of_a_map_is_that_over_the_rows() =>
        TrainingProblems.Any.Sample(problem =>
        {
            var expected = Loss.Mean.Scale(problem.Moments.Rows, problem.Moments.TargetCount)
                * problem.Moments.SquaredResiduals(problem.Start).Sum();
            return Math.Abs(new LossFunction(Loss.Mean, problem.Moments).Of(problem.Start) - expected)
                <= 1e-12 * (1 + expected);
        });

    [Fact]
    public void Held_out_rows_and_the_others_are_all_rows()
    {
        var data = TrainingProblems.Noisy(50, 2, 1, 0.1, seed: 1);
        var split = HeldOut.Split(data, 0.2, seed: 1);
        Assert.Equal((40, 10), (split.Training.Rows, split.Judging.Rows));
        var both = Moments.Of(split.Training);
        both.Merge(Moments.Of(split.Judging));
        Assert.Equal(Moments.Of(data), both);
        Assert.Equal(Moments.Of(split.Judging), Moments.Of(HeldOut.Split(data, 0.2, seed: 1).Judging));
        Assert.NotEqual(Moments.Of(split.Judging), Moments.Of(HeldOut.Split(data, 0.2, seed: 2).Judging));
        Assert.Equal((1, 49),
            (HeldOut.Split(data, 0.999, 1).Training.Rows, HeldOut.Split(data, 0.999, 1).Judging.Rows));
    }
}
