namespace Plumb.Rivals;

/// <summary>Plumb, through its public face.</summary>
internal static class PlumbSystem
{
    public static Func<Answer> Prepare(Problem problem)
    {
        var (x, y) = (problem.ReadInputs(), problem.ReadTargets());
        return () =>
        {
            var fit = Fit(x, y, problem.Bias);
            var coefficients = Enumerable.Range(0, problem.Targets)
                .SelectMany(t =>
                    (double[])[.. problem.Bias ? [fit.Map.Bias[t]] : Array.Empty<double>(), .. fit.Map.WeightsOf(t)]);
            return new Answer([.. coefficients], fit.Rows < 1000 ? Verdict(fit) : "");
        };
    }

    /// <summary>What a user writes: standard errors, exact rank and dependences come with it.</summary>
    private static LinearFit Fit(double[,] x, double[,] y, bool bias)
    {
        var moments = new Moments(x.GetLength(1), y.GetLength(1));
        moments.Add(x, y);
        return new LeastSquares { Bias = bias }.Fit(moments);
    }

    private static string Verdict(LinearFit fit) => fit.Dependences.Count == 0 ? "" : Assessment.Of(fit).Verdict;
}
