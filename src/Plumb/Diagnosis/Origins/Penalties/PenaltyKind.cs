namespace Plumb.Diagnosis;

/// <summary>What is added to half the sum of squared residuals.</summary>
internal enum PenaltyKind
{
    /// <summary>Half a multiple of the squared weights. Hoerl and Kennard, Technometrics 12, 1970.</summary>
    Ridge,

    /// <summary>A multiple of the absolute weights. Tibshirani, Journal of the Royal Statistical Society B 58,
    /// 1996.</summary>
    Lasso,

    /// <summary>Both. Zou and Hastie, Journal of the Royal Statistical Society B 67, 2005.</summary>
    ElasticNet,
}
