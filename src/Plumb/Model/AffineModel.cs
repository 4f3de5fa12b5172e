namespace Plumb;

/// <summary>
/// An affine map with what is known about it: how it was made, which parameters the data determine, and which
/// directions they leave undetermined.
/// </summary>
/// <param name="Map">W, b and the names of inputs and targets.</param>
public sealed record AffineModel(AffineMap Map)
{
    /// <summary>How the map was made; null when unknown.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What the inputs and targets are made of; null where they are columns of numbers.</summary>
    public Design? Design { get; init; }

    /// <summary>Which parameters the data determine; null when unknown.</summary>
    public Identification? Identified { get; init; }

    /// <summary>
    /// A basis of the directions that the data leave undetermined; empty when there are none, or when they are unknown.
    /// </summary>
    public IReadOnlyList<Direction> FreeDirections { get; init => field = ValueList.Of(value); } =
        ValueList<Direction>.Empty;

    /// <summary>
    /// How far predictions may be off; null where that is not known, as of a map that is no least-squares fit.
    /// </summary>
    public PredictionErrors? Errors { get; init; }

    /// <summary>The rows that it was learned from; null when unknown.</summary>
    public LearnedFrom? LearnedFrom { get; init; }

    /// <summary>Predictions in the targets' own units with their intervals, one per target.</summary>
    /// <param name="columns">A row of the columns that the inputs are made from, in the design's order.</param>
    /// <param name="interval">Which intervals.</param>
    /// <exception cref="InvalidOperationException">The model does not know how far predictions may be off.</exception>
    public IReadOnlyList<Prediction> Predict(ReadOnlySpan<double> columns, PredictionInterval interval)
    {
        var row = new Matrix(1, columns.Length);
        columns.CopyTo(row.WritableRow(0));
        var x = Design is null ? row
            : Design.WithoutTargets().Expand(new Dataset(row, new Matrix(1, 0))).Inputs;
        return PredictInputs(x.Row(0), (Errors ?? throw new InvalidOperationException(
            "the model does not know how far predictions may be off; make it again from a fit."))
            .Reaches(interval));
    }

    /// <summary>The same of a row of the inputs themselves.</summary>
    internal Prediction[] PredictInputs(ReadOnlySpan<double> x, (double Mean, double New) reaches)
    {
        var y = new double[Map.TargetCount];
        Map.Apply(x, y);
        var leverage = IsUndeterminedAt(x) ? double.PositiveInfinity : Errors!.Leverage(x);
        return [.. y.Select((value, t) => Errors!.Of(Map.Names.Targets[t], t, value, leverage, reaches)
            .Undo(Design?.Targets[t].Factors[0].Function))];
    }

    /// <summary>Whether a prediction rests on a direction that the model's data leave undetermined.</summary>
    /// <param name="x">One number per input.</param>
    internal bool IsUndeterminedAt(ReadOnlySpan<double> x)
    {
        foreach (var direction in FreeDirections)
        {
            if (direction.IsExcitedBy(x))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Predictions in the targets' own units, rows x targets.</summary>
    /// <param name="columns">Rows of the columns that the inputs are made from, in the design's order: numbers, or
    /// places of levels in their order.</param>
    public Matrix Predict(Matrix columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var inputs = Design is null ? columns : Design.WithoutTargets()
            .Expand(new Dataset(columns, new Matrix(columns.Rows, 0))).Inputs;
        var predicted = new Matrix(inputs.Rows, Map.TargetCount);
        for (var i = 0; i < inputs.Rows; i++)
        {
            Map.Apply(inputs.Row(i), predicted.WritableRow(i));
            Undo(predicted.WritableRow(i));
        }

        return predicted;
    }

    /// <summary>
    /// Makes what the map predicts a prediction in the targets' own units: exp of that of a logarithm.
    /// </summary>
    /// <param name="y">One number per target.</param>
    public void Undo(Span<double> y)
    {
        for (var t = 0; t < y.Length; t++)
        {
            y[t] = Design?.Targets[t].Factors[0].Function?.Invert(y[t]) ?? y[t];
        }
    }

    /// <summary>The same map to the bit, with the same names and the same knowledge about it.</summary>
    public bool Equals(AffineModel? other) =>
        other is not null
        && Map.Equals(other.Map)
        && Map.Names.Equals(other.Map.Names)
        && Provenance == other.Provenance
        && Equals(Design, other.Design)
        && Identified == other.Identified
        && Errors == other.Errors
        && LearnedFrom == other.LearnedFrom
        && FreeDirections.SequenceEqual(other.FreeDirections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Map, Provenance, FreeDirections.Count);

    /// <inheritdoc/>
    public override string ToString() => Provenance is null ? Map.ToString() : $"{Map}, by {Provenance.By}";
}
