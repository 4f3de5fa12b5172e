namespace Plumb.Diagnosis;

/// <summary>A family of objectives, each with one penalty or two that are not known.</summary>
/// <param name="Kind">What is penalised.</param>
/// <param name="Scaling">The units of the inputs in which it is.</param>
/// <param name="Bias">What becomes of the bias.</param>
internal sealed record PenaltyFamily(PenaltyKind Kind, ColumnScaling Scaling, BiasRole Bias)
{
    /// <summary>The number of penalties.</summary>
    public int Parameters => Kind == PenaltyKind.ElasticNet ? 2 : 1;
}
