namespace Plumb.Diagnosis;

/// <summary>How columns are taken before a map is made of them: (value - centre) / unit.</summary>
/// <param name="Code">A short, stable name: none, standardized, centred, min-max, max-abs, robust.</param>
/// <param name="Text">What messages call it, such as "the standardization, (value - mean) / standard deviation"; empty
/// for none.</param>
/// <param name="InputCentres">One for each input.</param>
/// <param name="InputUnits">One for each input; not 0.</param>
/// <param name="TargetCentres">One for each target.</param>
/// <param name="TargetUnits">One for each target; not 0.</param>
internal sealed record ColumnScaling(string Code, string Text, double[] InputCentres, double[] InputUnits,
    double[] TargetCentres, double[] TargetUnits);
