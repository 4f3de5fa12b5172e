namespace Plumb.Diagnosis;

/// <content>What speaks against the standard errors.</content>
internal sealed partial class FitVerdict
{
    private string ErrorsOff() => rows?.Copied is not null
        ? $"Some rows are copies of others: {Parameters} are less certain than their standard errors show."
        : rows?.Correlated is [var groups, ..]
        ? $"Rows of the same '{groups.Column}' depend on each other: {Parameters} are less certain than their standard "
            + "errors show."
        : fit.Settings.NoiseIsKnown && rows?.AskedErrors is null ? NoiseIsNotAsGiven()
        : rows?.RobustErrors is not null
        ? $"You can trust {Parameters} to within the standard errors given, which allow for noise that differs between "
            + $"rows."
        : $"You can trust {Parameters}, but not their standard errors, as the noise differs between rows.";

    private string NoiseIsNotAsGiven() => GivenNoise.EvidenceOf(fit) is { Answer: Answer.Fails }
        ? $"The residuals are {(GivenNoise.IsTooBad(fit) ? "larger" : "smaller")} than the noise given explains: don't "
            + $"trust the standard errors{(GivenNoise.IsTooBad(fit) ? $" of {Parameters}, which follow from it, nor "
                + "that the relationship is affine." : ", which follow from it.")}"
        : $"You can trust {Parameters}, but not their standard errors, as the noise differs between rows in other ways "
            + "than given.";
}
