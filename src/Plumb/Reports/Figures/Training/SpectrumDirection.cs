namespace Plumb.Reports;

/// <summary>A direction of the inputs and how strongly the data vary along it.</summary>
/// <param name="Curvature">The eigenvalue of the loss's Hessian; 0 where the data leave it undetermined.</param>
/// <param name="Words">What it is made of, such as "wall_area - roof_area".</param>
internal readonly record struct SpectrumDirection(double Curvature, string Words);
