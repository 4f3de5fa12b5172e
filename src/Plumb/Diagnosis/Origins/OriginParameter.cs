namespace Plumb.Diagnosis;

/// <summary>A number that belongs to an <see cref="Origin"/>.</summary>
/// <param name="Name">What it is: penalty, penaltyOnAbsolutes, learningRateTimesSteps, learningRate, steps.</param>
/// <param name="Value">As the map tells it.</param>
public sealed record OriginParameter(string Name, double Value)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(OriginParameter), PrintMembers);
}
