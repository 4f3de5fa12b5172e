namespace Plumb.Diagnosis;

/// <summary>Answers the questions that a fit raises, each with the method and the number that decided.</summary>
internal static class FitEvidence
{
    private static readonly Question[] s_ofRows = [Question.Rows, Question.Affine, Question.Errors, Question.Order];

    /// <summary>One answer per question, in the order of the questions.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="accuracy">Its digits.</param>
    /// <param name="rows">What its rows say; null where they were not seen again.</param>
    /// <param name="whyNotSeen">Why they were not.</param>
    /// <param name="curvature">Tests of squares that moments keep.</param>
    public static IReadOnlyList<Evidence> Of(LinearFit fit, Accuracy accuracy, RowReport? rows, string whyNotSeen,
        IReadOnlyList<Curvature> curvature) =>
    [
        Determined(fit),
        ToldApart(fit),
        Digits(fit, accuracy),
        .. s_ofRows.Select(question => OfRows(question, fit, rows, whyNotSeen, curvature)),
    ];

    private static Evidence Determined(LinearFit fit) => new(
        Question.Determined,
        fit.IsIdentified && fit.NearDependences.Count == 0 ? Answer.Holds : Answer.Fails,
        fit.NearDependences.Count > 0 ? "rank within the last bit of the inputs" : fit.NullSpace.IsProved ? "exact rank"
            : "rank by residues",
        fit.Rank - fit.NearDependences.Count);

    private static Evidence ToldApart(LinearFit fit)
    {
        var collinearity = fit.Collinearity;
        if (!collinearity.WasLookedAt)
        {
            var why = fit.Settings.Ridge > 0 ? "a ridge penalty chose the weights"
                : fit.NoiseDegreesOfFreedom < 1 ? "there is no way to estimate the noise"
                : FormattableString.Invariant(
                    $"there are more than {Collinearity.MostInputs} inputs, or some are too nearly dependent");
            return new Evidence(Question.ToldApart, Answer.NotLookedAt, why, double.NaN);
        }

        var inflation = collinearity.VarianceInflation.Where(value => !double.IsNaN(value)).DefaultIfEmpty(1).Max();
        return new Evidence(Question.ToldApart, collinearity.Groups.Count > 0 ? Answer.Fails : Answer.Holds,
            "largest variance inflation, judged against the noise", inflation);
    }

    /// <summary>The digits that arithmetic and data leave; noise is what standard errors are for.</summary>
    private static Evidence Digits(LinearFit fit, Accuracy accuracy)
    {
        var inputs = Enumerable.Range(0, fit.Names.Inputs.Count);
        if (fit.Settings.Ridge == 0 && fit.Names.Inputs.Count > 0 && !inputs.Any(fit.Determines))
        {
            return new Evidence(Question.Digits, Answer.NotLookedAt, "no weight is determined", double.NaN);
        }

        var (least, method) = (Accuracy.MostDigits, "digits of the weights that rounding leaves");
        for (var t = 0; t < fit.Names.Targets.Count; t++)
        {
            foreach (var j in inputs)
            {
                // A weight that is 0 within its rounding has no digits, and needs none.
                if (fit.Determines(j) && fit.Map.WeightsOf(t)[j] != 0
                    && fit.Collinearity.OfWeight(t, j) == ParameterStatus.Stands)
                {
                    least = Smaller(Smaller(least, accuracy.Arithmetic.Weights[t, j]), accuracy.Data.Weights[t, j]);
                }
            }
        }

        var areAllHeld = fit.TooLarge.Count == 0 && fit.ErrorsTooLarge.Count == 0;
        return new Evidence(Question.Digits, least < 1 || !areAllHeld ? Answer.Fails : Answer.Holds, method, least);

        static double Smaller(double left, double right) => right < left ? right : left; // NaN is no number of digits
    }

    private static Evidence OfRows(Question question, LinearFit fit, RowReport? rows, string whyNotSeen,
        IReadOnlyList<Curvature> curvature)
    {
        if (question == Question.Errors && GivenNoise.EvidenceOf(fit) is { } given
            && (given.Answer == Answer.Fails || rows is null))
        {
            return given;
        }

        if (question != Question.Rows && fit.ResidualDegreesOfFreedom > 0 && fit.Settings.Ridge == 0
            && rows is not { HasRowToSpare: false }
            && Enumerable.Range(0, fit.Names.Targets.Count).All(t => !fit.HasNoise(t)))
        {
            return new Evidence(question, Answer.Holds, "no residual beyond rounding on any row", 0);
        }

        return fit.Settings.Ridge > 0
            ? new Evidence(question, Answer.NotLookedAt, "the tests of rows are made for fits without a ridge penalty",
                double.NaN)
            : fit.ResidualDegreesOfFreedom < 1
            ? new Evidence(question, Answer.NotLookedAt, fit.Settings.NoiseIsKnown ? "there is no row to spare"
                : "there is no way to estimate the noise", double.NaN)
            : rows?.Evidence.FirstOrDefault(evidence => evidence.Question == question)
                ?? (question == Question.Affine && curvature.Count > 0
                    ? CurvatureFindings.EvidenceOf(curvature)
                    : new Evidence(question, Answer.NotLookedAt, whyNotSeen, double.NaN));
    }
}
