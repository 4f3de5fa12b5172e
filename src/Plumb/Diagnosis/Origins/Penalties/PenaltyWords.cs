using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>A penalty in the words of the programs that people use, each with its own convention. Checked against their
/// documentation: which loss the penalty is added to, and what it multiplies.</summary>
internal sealed class PenaltyWords
{
    private readonly PenaltyMatch _match;
    private readonly double _count;
    private readonly int _targets;
    private readonly double _deviation; // of the only target; NaN where there are more

    /// <summary>Words for a match.</summary>
    /// <param name="match">The penalty.</param>
    /// <param name="at">The gradient it was found from.</param>
    /// <param name="spreads">The targets' lengths about their means.</param>
    public PenaltyWords(PenaltyMatch match, GradientAtMap at, double[] spreads)
    {
        (_match, _count, _targets) = (match, at.Count, at.Map.TargetCount);
        _deviation = _targets == 1 ? spreads[0] / Math.Sqrt(_count) : double.NaN;
    }

    private PenaltyFamily Family => _match.Family;

    private bool IsOnColumns => Family.Scaling.Code == "none";

    /// <summary>A short, stable name.</summary>
    public string Code => Family switch
    {
        { Bias: BiasRole.Penalized or BiasRole.PenalizedAtMeans } => "weight-decay",
        { Kind: PenaltyKind.Ridge } => "ridge",
        { Kind: PenaltyKind.Lasso } => "lasso",
        _ => "elastic-net",
    } + (IsOnColumns ? "" : "-" + Family.Scaling.Code);

    /// <summary>What W and b are, after "your W and b are".</summary>
    public string Text => Family.Kind switch
    {
        PenaltyKind.Ridge when Family.Bias is BiasRole.Penalized or BiasRole.PenalizedAtMeans =>
            string.Create(CultureInfo.InvariantCulture,
                $"the minimiser of the sum of squares with a penalty of {Number(_match.Squares)} on squared weights "
                    + $"and bias"),
        PenaltyKind.Ridge => Invariant($"the ridge solution with penalty {Number(_match.Squares)}"),
        PenaltyKind.Lasso =>
            string.Create(CultureInfo.InvariantCulture,
                $"the lasso solution with penalty {Number(_match.Absolutes)} on absolute weights, beside half the sum "
                    + $"of squares"),
        _ =>
            string.Create(CultureInfo.InvariantCulture,
                $"the elastic net solution with penalties {Number(_match.Absolutes)} on absolute weights and "
                    + $"{Number(_match.Squares)} on half their squares, beside half the sum of squares"),
    } + OnWhat + (Family.Bias == BiasRole.None ? ", without a bias" : "") + LeftOut;

    /// <summary>What reports call the objective.</summary>
    public string Objective => Family.Kind switch
    {
        PenaltyKind.Ridge =>
            (Family.Bias is BiasRole.Free or BiasRole.None ? "the ridge penalty " : "the penalty on weights and bias ")
                + Number(_match.Squares),
        PenaltyKind.Lasso => Invariant($"the lasso penalty {Number(_match.Absolutes)}"),
        _ => "the elastic net penalty",
    } + OnWhat;

    /// <summary>The penalties.</summary>
    public IReadOnlyList<OriginParameter> Parameters => Family.Kind switch
    {
        PenaltyKind.Ridge => [new("penalty", _match.Squares)],
        PenaltyKind.Lasso => [new("penaltyOnAbsolutes", _match.Absolutes)],
        _ => [new("penaltyOnAbsolutes", _match.Absolutes), new("penalty", _match.Squares)],
    };

    /// <summary>How much it says that a penalty is a round number in one convention or another.</summary>
    public double Roundness => Family.Kind switch
    {
        PenaltyKind.Ridge =>
            Diagnosis.Roundness.Digits(_match.Uncertainty, _match.Squares, _match.Squares / _count,
            2 * _match.Squares / _count),
        PenaltyKind.Lasso =>
            Diagnosis.Roundness.Digits(_match.Uncertainty, _match.Absolutes, _match.Absolutes / _count,
            2 * _match.Absolutes / _count),
        _ => Diagnosis.Roundness.Digits(_match.Uncertainty, Alpha)
            + Diagnosis.Roundness.Digits(_match.Uncertainty, Ratio),
    };

    /// <summary>The same in other programs.</summary>
    public IReadOnlyList<string> Others => (Family.Kind, Family.Bias) switch
    {
        (PenaltyKind.Ridge, BiasRole.Free) =>
            [$"scikit-learn {Pipeline}Ridge(alpha={Number(_match.Squares)})", .. Glmnet(_match.Squares),
            Keras("l2", _match.Squares / Terms),
            $"PyTorch weight_decay {Number(2 * _match.Squares / Terms)} on the weights alone, under a mean loss"],
        (PenaltyKind.Ridge, BiasRole.None) =>
            [$"scikit-learn {Pipeline}Ridge(alpha={Number(_match.Squares)}, fit_intercept=False)",
            $"PyTorch weight_decay {Number(2 * _match.Squares / Terms)} under a mean loss"],
        (PenaltyKind.Ridge, _) => [$"PyTorch weight_decay {Number(2 * _match.Squares / Terms)} under a mean loss"],
        (PenaltyKind.Lasso, _) =>
            [$"scikit-learn {Pipeline}Lasso(alpha={Number(_match.Absolutes / _count)}{WithoutBias})",
            $"glmnet lambda {Number(_match.Absolutes / _count)}{Standardize}",
            Keras("l1", 2 * _match.Absolutes / Terms)],
        _ => [$"scikit-learn {Pipeline}ElasticNet(alpha={Number(Alpha)}, l1_ratio={Number(Ratio)}{WithoutBias})"],
    };

    private double Terms => _count * _targets; // of a mean over rows and targets

    private double Alpha => (_match.Absolutes + _match.Squares) / _count;

    private double Ratio => _match.Absolutes / (_match.Absolutes + _match.Squares);

    private string WithoutBias => Family.Bias == BiasRole.None ? ", fit_intercept=False" : "";

    private string Pipeline => Family.Scaling.Code switch
    {
        "none" => "",
        "standardized" => "StandardScaler and ",
        "min-max" => "MinMaxScaler and ",
        "max-abs" => "MaxAbsScaler and ",
        _ => "RobustScaler and ",
    };

    private string Standardize => IsOnColumns ? " with standardize = FALSE" : "";

    private string OnWhat => Family.Scaling.Code switch
    {
        "none" => "",
        "standardized" => " on standardized inputs",
        _ => $" on inputs scaled by {Family.Scaling.Code}",
    };

    private string LeftOut => _match.LeftOut.Count == 0 ? ""
        : Invariant($", with {_match.LeftOut.Count} {(_match.LeftOut.Count == 1 ? "input" : "inputs")} left out");

    // glmnet takes the target over its standard deviation before it adds half the penalty, so its lambda for squares
    // is this many times larger.
    private string[] Glmnet(double squares) => double.IsNaN(_deviation)
        || Family.Scaling.Code is not ("none" or "standardized") ? []
        : [$"glmnet lambda {Number(squares / _count)} * sd(y) = "
            + $"{Number(squares / _count * _deviation)}{Standardize}"];

    private static string Keras(string name, double factor) =>
        Invariant($"Keras {name}({Number(factor)}) on the kernel");

    private static string Number(double value) => Diagnosis.Roundness.Text(value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
