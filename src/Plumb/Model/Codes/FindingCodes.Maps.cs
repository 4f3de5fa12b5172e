namespace Plumb;

/// <content>Why a map is not the truth, or not the best fit, and slips in how it was stored.</content>
public static partial class FindingCodes
{
    /// <summary>Training is as good as done.</summary>
    public const string Converged = "converged";

    /// <summary>Training stopped too early, or at too small a rate; the loss may hardly show it.</summary>
    public const string NotConverged = "not-converged";

    /// <summary>A penalty, weight decay or an early stop moved W and b on purpose.</summary>
    public const string Objective = "objective";

    /// <summary>Some rows, or noise in the inputs, moved the best fit itself.</summary>
    public const string Misfit = "misfit";

    /// <summary>What the noise of the data leaves of the distance; no training removes it.</summary>
    public const string Noise = "noise";

    /// <summary>W and b are as close as doubles allow.</summary>
    public const string Arithmetic = "arithmetic";

    /// <summary>Given the truth, noise alone does not explain the distance.</summary>
    public const string NotNoise = "not-noise";

    /// <summary>The gradient at the map shows what it was made by.</summary>
    public const string Origin = "origin";

    /// <summary>The gradient at the map may show what it was made by.</summary>
    public const string OriginPossible = "origin-possible";

    /// <summary>The map lies away from the best fit, and no known cause leads there.</summary>
    public const string OriginUnknown = "origin-unknown";

    /// <summary>W was stored transposed.</summary>
    public const string Transposed = "transposed";

    /// <summary>The inputs are in another order than the weights.</summary>
    public const string InputsPermuted = "inputs-permuted";

    /// <summary>The targets are in another order than the weights.</summary>
    public const string TargetsPermuted = "targets-permuted";

    /// <summary>The model was trained on scaled inputs and is used on raw ones.</summary>
    public const string InputsStandardized = "inputs-standardized";

    /// <summary>The model predicts standardized targets.</summary>
    public const string TargetsStandardized = "targets-standardized";

    /// <summary>The model was trained on standardized inputs and targets, and is used on raw ones.</summary>
    public const string Standardized = "standardized";

    /// <summary>The model was trained on inputs scaled to 0 .. 1, or to -1 .. 1.</summary>
    public const string InputsMinMax = "inputs-min-max";

    /// <summary>The model predicts targets scaled to 0 .. 1.</summary>
    public const string TargetsMinMax = "targets-min-max";

    /// <summary>The model was trained on inputs and targets scaled to 0 .. 1, and is used on raw ones.</summary>
    public const string MinMax = "min-max";

    /// <summary>The model was trained on inputs divided by their largest size.</summary>
    public const string InputsMaxAbs = "inputs-max-abs";

    /// <summary>The model predicts targets divided by their largest size.</summary>
    public const string TargetsMaxAbs = "targets-max-abs";

    /// <summary>The model was trained on inputs and targets divided by their largest size.</summary>
    public const string MaxAbs = "max-abs";

    /// <summary>The model was trained on inputs from a RobustScaler.</summary>
    public const string InputsRobust = "inputs-robust";

    /// <summary>The model predicts targets from a RobustScaler.</summary>
    public const string TargetsRobust = "targets-robust";

    /// <summary>The model was trained on inputs and targets from a RobustScaler.</summary>
    public const string Robust = "robust";

    /// <summary>The model was trained on inputs less their means.</summary>
    public const string InputsCentred = "inputs-centred";

    /// <summary>The model predicts the difference from the mean.</summary>
    public const string TargetsCentred = "targets-centred";

    /// <summary>The bias was lost when the weights were stored.</summary>
    public const string BiasMissing = "bias-missing";

    /// <summary>The bias was added twice: by a column of ones, and once more.</summary>
    public const string BiasDoubled = "bias-doubled";

    /// <summary>The target is in other units than in training.</summary>
    public const string TargetScaled = "target-scaled";

    /// <summary>An input is in other units than in training.</summary>
    public const string InputScaled = "input-scaled";

    /// <summary>A difference was taken the other way round.</summary>
    public const string TargetSign = "target-sign";

    /// <summary>An input was taken with the other sign.</summary>
    public const string InputSign = "input-sign";
}
