namespace Plumb.Diagnosis;

/// <summary>A row that lies too far from what a fit without it, and without the others like it, predicts.</summary>
/// <param name="Row">Its number among the rows of data, from 1.</param>
/// <param name="Residual">How far, in the standard errors of the prediction.</param>
/// <param name="PValue">Of the largest of so many residuals being as large (Bonferroni).</param>
public sealed record RobustOutlier(long Row, double Residual, double PValue);
