namespace Plumb.Diagnosis;

/// <summary>A row that stands out.</summary>
/// <param name="Row">Its number among the rows of data, from 1.</param>
/// <param name="Target">The target.</param>
/// <param name="Leverage">Its part in its own prediction, 0 to 1; leverages add up to the rank.</param>
/// <param name="CooksDistance">How far the fit moves without it. Cook, Technometrics 19, 1977.</param>
/// <param name="StudentizedResidual">Its residual from the fit without it, in standard errors.</param>
/// <param name="PValue">Of the largest of so many residuals being as large (Bonferroni); never 0.</param>
public sealed record RowInfluence(long Row, string Target, double Leverage, double CooksDistance,
    double StudentizedResidual, double PValue)
{
    /// <summary>Of the largest of so many residuals being as large (Bonferroni); never 0.</summary>
    public double PValue { get; init => field = Math.Max(value, double.Epsilon); } = Math.Max(PValue, double.Epsilon);
}
