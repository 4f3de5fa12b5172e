namespace Plumb.Rivals;

/// <summary>What a system answered.</summary>
/// <param name="Coefficients">Targets x parameters, the bias first.</param>
/// <param name="Said">What it said beside them; empty where nothing.</param>
internal sealed record Answer(double[] Coefficients, string Said = "");
