namespace Plumb.Diagnosis;

/// <summary>What else is known of a map that is to be explained; each piece gives a cause of its own.</summary>
public sealed record Background
{
    /// <summary>The true map.</summary>
    public AffineMap? Truth { get; init; }

    /// <summary>What it was made to minimise, if that is not the sum of squared residuals alone.</summary>
    public Objective? Objective { get; init; }

    /// <summary>
    /// The best fit with misfit taken out: corrected for noise in the inputs, or of a model with more inputs; what lies
    /// between it and the best fit is misfit.
    /// </summary>
    public AffineMap? Corrected { get; init; }

    /// <summary>
    /// What the rows of the data say of the best fit; rows too far from it are misfit, unless <see cref="Corrected"/>
    /// is given.
    /// </summary>
    public RowReport? Rows { get; init; }

    /// <summary>The bits that the map's numbers were kept to: 53 for doubles, 24 for float32.</summary>
    public int SignificandBits
    {
        get;
        init => field = Setting.AtLeast(1, value, "number of bits", nameof(SignificandBits));
    } = 53;

    /// <summary>Whether another program made the map, so that mechanical mistakes are looked for first.</summary>
    public bool IsForeign { get; init; }

    /// <summary>
    /// What the rows tell of where the map comes from, if they were looked at for it: more origins are then recognised.
    /// </summary>
    public RowHints? Hints { get; init; }

    /// <summary>What is known of where the map comes from; null where that was not asked.</summary>
    internal OriginVerdict? Origins { get; init; }

    /// <summary>
    /// How its training could go on, as something to do, such as "train with --steps 1000."; null where nothing is
    /// known of it.
    /// </summary>
    internal string? TrainOn { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Background), PrintMembers);
}
