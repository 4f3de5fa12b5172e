namespace Plumb.Diagnosis;

/// <summary>
/// Whether a map is the best fit, as far as anyone can tell: one answer per target, which no unit, no offset and no
/// other target changes. <see cref="ConvergenceTest"/> says how it is decided.
/// </summary>
/// <param name="Targets">One per target.</param>
public sealed record Convergence(IReadOnlyList<TargetConvergence> Targets)
{
    /// <summary>One per target.</summary>
    public IReadOnlyList<TargetConvergence> Targets { get; init => field = ValueList.Of(value); } =
        ValueList.Of(Targets);

    /// <summary>Whether every target has converged.</summary>
    public bool IsConverged => Targets.All(target => target.IsConverged);

    /// <summary>Whether every target has converged as far as rounding allows.</summary>
    public bool IsToRounding => Targets.All(target => target.Status == ConvergenceStatus.ToRounding);

    /// <summary>Whether no target is farther from its best fit than noise may have put that from the truth.</summary>
    public bool IsWithinNoise => Targets.All(target => target.Status != ConvergenceStatus.NotConverged);

    /// <summary>The target that is farthest from its best fit beside what is allowed; the first of equals.</summary>
    public TargetConvergence Worst => Targets.MaxBy(Ratio)!;

    /// <summary>
    /// What this says to <see cref="Question.Converged"/>: the number is the largest excess over what is allowed, at
    /// most 1 where training has converged.
    /// </summary>
    public Evidence ToEvidence() => new(
        Question.Converged,
        IsConverged ? Answer.Holds : Answer.Fails,
        "distance of predictions from the best fit's, per target, over a hundredth of the noise or over rounding",
        Ratio(Worst));

    /// <summary>Tests a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="fit">The best fit to the data, without ridge penalty.</param>
    /// <param name="significandBits">The bits that the map's numbers were kept to: 53 for doubles, 24 for
    /// float32.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or the fit has a ridge penalty.</exception>
    public static Convergence Of(AffineMap map, LinearFit fit, int significandBits = 53) =>
        new ConvergenceTest(fit) { SignificandBits = significandBits }.Of(map);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Convergence), PrintMembers);

    private static double Ratio(TargetConvergence target) => target.Excess == 0 ? 0 : target.Excess / target.Allowed;
}
