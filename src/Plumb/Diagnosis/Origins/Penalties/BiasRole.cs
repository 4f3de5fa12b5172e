namespace Plumb.Diagnosis;

/// <summary>What becomes of the bias where weights are penalised.</summary>
internal enum BiasRole
{
    /// <summary>It goes free, as in scikit-learn, R and Keras.</summary>
    Free,

    /// <summary>There is none.</summary>
    None,

    /// <summary>It is penalised like a weight, as by the weight decay of PyTorch.</summary>
    Penalized,

    /// <summary>The same for inputs less their means: what is penalised is the prediction at the means.</summary>
    PenalizedAtMeans,
}
