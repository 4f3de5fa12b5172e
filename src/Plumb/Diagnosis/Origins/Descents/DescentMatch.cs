namespace Plumb.Diagnosis;

/// <summary>The descent that comes closest to a map.</summary>
/// <param name="Start">Where it began.</param>
/// <param name="Problem">The map beside the best fit.</param>
/// <param name="Filter">How far it went.</param>
/// <param name="IsCounted">Whether the number of steps is known; else only steps times rate is.</param>
/// <param name="Uncertainty">The relative uncertainty of the rate, or where steps are not known of steps times
/// rate.</param>
/// <param name="Digits">How many digits agree, beyond those that fix the rate and the steps.</param>
internal sealed record DescentMatch(DescentStart Start, DescentProblem Problem, DescentFilter Filter, bool IsCounted,
    double Uncertainty, double Digits)
{
    /// <summary>The largest rate that the map leaves open, over the inverse of the largest eigenvalue; where steps are
    /// not known.</summary>
    public double MostRate { get; init; } = 1;

    /// <summary>Whether a whole number of steps leads there, or may.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How many digits say that the number of steps is whole.</summary>
    public double StepDigits { get; init; }

    /// <summary>Whether one factor for all weights does as well: then any way of shrinking them would have.</summary>
    public bool IsCommonFactor { get; init; }

    /// <summary>Whether more conditions agree than it takes to find rate and steps.</summary>
    public bool IsTested { get; init; }

    /// <summary>How inputs were taken.</summary>
    public ColumnScaling Scaling => Problem.Modes.Scaling;

    /// <summary>The rate under the sum of the squares, halved; steps times it where steps are not known.</summary>
    public double Rate => Filter.Rate / Problem.Modes.Eigenvalues[0];

    /// <summary>Steps times rate, likewise.</summary>
    public double Length => Rate * Filter.Steps;
}
