using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>What a descent that was stopped is called.</summary>
internal sealed class DescentWords(DescentMatch match, GradientAtMap at)
{
    private const double Printable = 1e9; // steps, to the last
    private const double Same = 1e-4; // of a rate: closer to a number of two digits, it is called that

    private double LearningRate => RateUnder(Loss.Mse);

    /// <summary>A short, stable name.</summary>
    public string Code => "early-stop" + (match.Scaling.Code == "none" ? "" : "-" + match.Scaling.Code);

    /// <summary>
    /// Whether its one step goes, from zero, to where each standardized input would be the only one: its slope when it
    /// is fitted alone.
    /// </summary>
    public bool IsOneByOne => match.Scaling.Code == "standardized" && match.IsCounted && match.Filter.Steps == 1
        && match.Start != DescentStart.NoBias && Math.Abs(match.Rate * at.Count - 1) < Same;

    /// <summary>What W and b are, after "your W and b are".</summary>
    public string Text => (IsOneByOne ? "the slopes of each input when it is fitted alone or, which is the same, " : "")
        + $"those of full-batch gradient descent from zero{Start}, stopped at learning rate x steps = "
        + Diagnosis.Roundness.Text(LearningRate * match.Filter.Steps) + OnWhat;

    /// <summary>Under the loss mse.</summary>
    public IReadOnlyList<OriginParameter> Parameters => match.IsCounted
        ? [new("learningRateTimesSteps", LearningRate * match.Filter.Steps), new("learningRate", LearningRate),
            new("steps", match.Filter.Steps)]
        : [new("learningRateTimesSteps", LearningRate * match.Filter.Steps)];

    /// <summary>Steps and rate, and the loss that they go with.</summary>
    public IReadOnlyList<string> Others
    {
        get
        {
            var (rate, steps) = match.IsCounted ? (LearningRate, match.Filter.Steps) : Example();
            var loss = Loss.All.Where(_ => match.IsCounted).FirstOrDefault(loss => IsRound(RateUnder(loss)), Loss.Mse);
            var also = IsRound(rate) || loss == Loss.Mse ? ""
                : $", or at {Diagnosis.Roundness.Text(RateUnder(loss))} with the loss {loss}";
            return
            [
                $"{(match.IsCounted ? "" : "for example ")}{Count(steps)} at {Diagnosis.Roundness.Text(rate)}{also}",
                "loss mse: " + Loss.Mse.Formula,
            ];
        }
    }

    /// <summary>How much it says that the rate, or steps times rate where steps are not known, is a round number under
    /// one loss or another.</summary>
    public double Roundness => Diagnosis.Roundness.Digits(match.Uncertainty,
        [.. Loss.All.Select(loss => RateUnder(loss) * (match.IsCounted ? 1 : match.Filter.Steps)).Distinct()]);

    /// <summary>So many steps.</summary>
    public static string Count(double steps)
    {
        var number = steps < Printable ? steps.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ')
            : steps.ToString("g3", CultureInfo.InvariantCulture);
        return number + (steps == 1 ? " step" : " steps");
    }

    private string Start => match.Start switch
    {
        DescentStart.BiasAtMean => " weights and the mean of the targets",
        DescentStart.NoBias => ", without a bias",
        _ => "",
    };

    private string OnWhat => match.Scaling.Code switch
    {
        "none" => "",
        "standardized" => " on standardized inputs",
        "centred" => " on inputs less their means",
        _ => $" on inputs scaled by {match.Scaling.Code}",
    };

    /// <summary>The gradient is twice the loss's scale times the sum of r z'.</summary>
    private double RateUnder(Loss loss) =>
        match.Rate / (2 * loss.Scale(1, at.Map.TargetCount)) * (loss == Loss.Sum ? 1 : at.Count);

    private static bool IsRound(double rate) =>
        Math.Abs(double.Parse(rate.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) - rate)
            <= Same * rate;

    /// <summary>Steps and a rate that lead there, where the map shows only their product: the largest power of ten that
    /// the map leaves open, of rates that settle.</summary>
    private (double Rate, double Steps) Example()
    {
        var length = LearningRate * match.Filter.Steps;
        var most = LearningRate / match.Filter.Rate * Math.Min(1, match.MostRate);
        var rate = Math.Pow(10, Math.Floor(Math.Log10(Math.Min(most, length))));
        return (rate, Math.Round(length / rate));
    }
}
