using System.Globalization;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Why a learned map is not the true one, or not the best fit: the gap, parameter by parameter, as a sum of causes.
/// With P the projection on the directions that the data do not determine, Q = 1 - P, and lengths taken over weights
/// and biases in the units of the data,
/// candidate - truth = P (candidate - truth) + Q (candidate - goal) + Q (goal - best fit) + Q (best fit - corrected
/// fit) + Q (corrected fit - truth).
/// </summary>
public sealed class Explanation
{
    private Explanation(LinearFit fit, AffineMap candidate, Background background, AffineMap limit)
    {
        (Fit, Candidate, Background, Limit) = (fit, candidate, background, limit);
        var test = new ConvergenceTest(fit) { SignificandBits = background.SignificandBits };
        Convergence = test.Of(candidate);
        TrainingConvergence = background.Objective is { } objective ? test.Of(candidate, objective.Goal) : Convergence;
        Causes = [.. CausesOf()];
        Twin = Twin.Of(candidate, fit);
        Mistake = background.Origins?.Mistake;
        NoiseTests = DistanceTest.Of(background.Truth ?? candidate, fit);
    }

    /// <summary>What lengths are measured in.</summary>
    public const string Metric = "Euclidean length over weights and biases, in the units of the data";

    /// <summary>The best fit to the data.</summary>
    public LinearFit Fit { get; }

    /// <summary>The map to be explained.</summary>
    public AffineMap Candidate { get; }

    /// <summary>What else is known of it.</summary>
    public Background Background { get; }

    /// <summary>The true map, if it is known.</summary>
    public AffineMap? Truth => Background.Truth;

    /// <summary>
    /// Of all maps that fit best, the one closest to the candidate: where gradient descent from the candidate, or from
    /// where it started, ends.
    /// </summary>
    public AffineMap Limit { get; }

    /// <summary>Candidate - truth; candidate - <see cref="Limit"/> when the truth is not known.</summary>
    public AffineMap Gap => field ??= Truth is { } truth ? Candidate - truth
        : Fit.NullSpace.PartOf(Candidate, Fit.Map, free: false);

    /// <summary>The terms of the gap; they add up to it.</summary>
    public IReadOnlyList<Cause> Causes { get; }

    /// <summary>
    /// Whether the candidate is the best fit, as far as anyone can tell; the test that training ends by.
    /// </summary>
    public Convergence Convergence { get; }

    /// <summary>
    /// The same of the minimiser of what the candidate was made to minimise: what more training would change.
    /// </summary>
    internal Convergence TrainingConvergence { get; }

    /// <summary>Directions per target that the data do not determine.</summary>
    public int FreeDirections => Fit.NullSpace.Count;

    /// <summary>Directions per target that the data determine.</summary>
    public int IdentifiedDirections => Fit.Rank;

    /// <summary>Another map with the same predictions; null when the data determine everything.</summary>
    public Twin? Twin { get; }

    /// <summary>
    /// A slip in how the map was stored or is used, which once repaired makes it fit far better; null when none was
    /// found, or looked for.
    /// </summary>
    public Mistake? Mistake { get; }

    /// <summary>
    /// Where the map comes from, or may come from; null when nothing is recognised, or nobody asked because its file
    /// says so.
    /// </summary>
    public Origin? Origin => Background.Origins?.Origin;

    /// <summary>What was looked at to tell where the map comes from; null when nobody asked.</summary>
    public Evidence? OriginEvidence => Background.Origins?.Evidence;

    /// <summary>
    /// What the explanation rests on: the evidence of the best fit, whether the map has converged to it, and where the
    /// map comes from if that was asked.
    /// </summary>
    public IReadOnlyList<Evidence> Evidence => field ??=
    [
        .. Assessment.Of(Fit, Fit.Accuracy, Background.Rows).Evidence,
        Convergence.ToEvidence(),
        .. OriginEvidence is { } origin ? [origin] : Array.Empty<Evidence>(),
    ];

    /// <summary>
    /// Whether noise alone moves the best fit as far as it lies from the truth, or from the candidate where the truth
    /// is not known; one per target that has noise.
    /// </summary>
    public IReadOnlyList<HypothesisTest> NoiseTests { get; }

    /// <summary>What follows, the largest cause first.</summary>
    public IReadOnlyList<Finding> Findings => field ??= [.. Text.Findings()];

    /// <summary>One sentence.</summary>
    public string Verdict => field ??= Text.Verdict();

    /// <summary>The one thing to do next.</summary>
    public string Next => field ??= Text.Next();

    /// <summary>Explains a candidate.</summary>
    /// <param name="candidate">The learned map, from anywhere.</param>
    /// <param name="moments">The data it was learned from.</param>
    /// <param name="truth">The true map, if it is known.</param>
    /// <param name="ridge">The ridge penalty that the candidate was learned with.</param>
    /// <param name="bias">Whether the map has a bias.</param>
    /// <param name="cancellationToken">Ends the search for causes.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, a number of a map is not finite, or
    /// the candidate has a bias though it should have none.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static Explanation Of(AffineMap candidate, Moments moments, AffineMap? truth = null, double ridge = 0,
        bool bias = true, CancellationToken cancellationToken = default) => Stop.Within(() => Of(
        candidate,
        new LeastSquares { Bias = bias }.Fit(moments),
        new Background { Truth = truth, Objective = ridge > 0 ? Objective.Ridge(moments, ridge, bias) : null }),
        cancellationToken);

    /// <summary>Explains a candidate by all that is known of it.</summary>
    /// <param name="candidate">The learned map, from anywhere.</param>
    /// <param name="fit">The best fit to the data it was learned from, without ridge penalty.</param>
    /// <param name="background">What else is known.</param>
    /// <param name="cancellationToken">Ends the search for causes.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit has a ridge penalty, a number of a map is not
    /// finite, or the candidate has a bias and the fit none.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static Explanation Of(AffineMap candidate, LinearFit fit, Background background,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(background);
        Require(candidate, fit.Moments, "candidate");
        Require(background.Truth, fit.Moments, "truth");
        Require(background.Objective?.Goal, fit.Moments, "goal");
        Require(background.Corrected, fit.Moments, "corrected fit");
        if (fit.Settings.Ridge > 0)
        {
            throw new ArgumentException(
                "the fit has a ridge penalty, and maps are explained by the best fit; fit without it, and give the "
                    + "penalty as the objective.", nameof(fit));
        }

        if (!fit.Settings.Bias && candidate.Bias.ContainsAnyExcept(0.0))
        {
            throw new ArgumentException(
                "the candidate is explained as a map without bias, but has one; explain it with a bias.",
                nameof(candidate));
        }

        return Stop.Within(() => new Explanation(fit, candidate,
            OriginSearch.Into(background, candidate, fit), fit.ClosestTo(candidate)), cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() => Causes.Count == 0 ? Verdict
        : $"{Verdict} ({Shown.Items(Causes)})";

    /// <summary>What is reported of it, once it is complete.</summary>
    private ExplanationText Text => field ??= new ExplanationText(this);

    /// <summary>The links of the chain from the candidate to the truth; without one, to the best fit.</summary>
    private IEnumerable<Cause> CausesOf()
    {
        AffineMap Determined(AffineMap left, AffineMap right) => Fit.NullSpace.PartOf(left, right, free: false);
        if (Truth is not null && !Fit.IsIdentified)
        {
            yield return new Cause(CauseCode.NotIdentified, Fit.NullSpace.PartOf(Candidate, Truth, free: true));
        }

        if (Background.Objective is { } objective)
        {
            yield return new Cause(CauseCode.Objective, Determined(objective.Goal, Fit.Map));
        }

        // A distance that rounding explains is not for further training to remove.
        var distance = Determined(Candidate, Background.Objective?.Goal ?? Fit.Map);
        yield return new Cause(TrainingConvergence.IsToRounding ? CauseCode.Arithmetic : CauseCode.NotConverged,
            distance);
        if (Truth is not null)
        {
            var corrected = Background.Corrected ?? Background.Rows?.FitWithoutOutliers(Fit);
            if (corrected is not null)
            {
                yield return new Cause(CauseCode.Misfit, Determined(Fit.Map, corrected));
            }

            yield return new Cause(CauseCode.Noise, Determined(corrected ?? Fit.Map, Truth));
        }
    }

    private static void Require(AffineMap? map, Moments moments, string what)
    {
        if (map is null)
        {
            return;
        }

        if (map.InputCount != moments.InputCount || map.TargetCount != moments.TargetCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the {what} has {map.InputCount} inputs and {map.TargetCount} targets, but the data have "
                        + $"{moments.InputCount} and {moments.TargetCount}."), what);
        }

        if (!double.IsFinite(map.Norm))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the {what} holds a number that is not finite: there is nothing to explain it by."), what);
        }
    }
}
