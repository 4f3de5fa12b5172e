using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Weights as a file holds them. Which of their indices counts targets follows from the bias, by names, by a flag or by
/// the data's shape; so the map is made when the data are known.
/// </summary>
/// <remarks>One thread at a time: making the map adds to what is found.</remarks>
public sealed class StoredWeights
{
    private readonly List<Finding> _findings;

    internal StoredWeights(string file, List<Finding> findings) => (File, _findings) = (file, findings);

    /// <summary>What a user should know about the file; complete when the map has been made.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The bits that the file keeps of each number: 53 for doubles, 24 for float32.</summary>
    public int SignificandBits { get; internal init; } = ElementType.DoubleBits;

    /// <summary>Whether the file names inputs or targets.</summary>
    public bool HasNames => Model is { } model ? !IsDefault(model.Map)
        : RowNames is not null || ColumnNames is not null;

    /// <summary>What the file is called.</summary>
    internal string File { get; }

    /// <summary>The model of a file that holds one, with all that it says.</summary>
    internal AffineModel? Model { get; init; }

    /// <summary>The weights as they stand in the file.</summary>
    internal Matrix Values { get; init; } = new(0, 0);

    /// <summary>Whether the file's array has one index only.</summary>
    internal bool IsVector { get; init; }

    internal double[]? Bias { get; init; }

    /// <summary>Which number of each target is said to be its bias; null where none is.</summary>
    internal BiasPlace? BiasAt { get; init; }

    internal IReadOnlyList<string>? RowNames { get; init; }

    internal IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Whether rows are targets; null when the file does not say.</summary>
    internal bool? RowsAreTargets { get; init; }

    /// <summary>Whether the array bears Keras' name for weights, which are inputs x targets there.</summary>
    internal bool IsKernel { get; init; }

    /// <summary>The map of these weights.</summary>
    /// <param name="wanted">The inputs and targets of the data, whose shape decides what the file leaves open; null
    /// when they are not known.</param>
    /// <exception cref="InvalidDataException">The shapes disagree.</exception>
    public AffineModel ToModel(VariableNames? wanted = null)
    {
        var made = Make(wanted);
        ModelReader.RequireOwnNames(made.Map.Names, $"{File}:");
        return made;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {(Model is { } model ? model : Values)}";

    private AffineModel Make(VariableNames? wanted)
    {
        if (Model is { } model)
        {
            return RowsAreTargets == false ? model with { Map = Turned(model.Map) } : model;
        }

        if (BiasAt is { } place)
        {
            return HeldBias.Of(this, place, wanted);
        }

        var rowsAreTargets = RowsAreTargets ?? Decide(wanted);
        var (targets, inputs) = rowsAreTargets ? (Values.Rows, Values.Columns) : (Values.Columns, Values.Rows);
        if (Bias is { } bias && bias.Length != targets)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{File}: the bias has {bias.Length} elements, but the weights are {Values.Rows} x "
                        + $"{Values.Columns}{(RowsAreTargets == false ? " and taken as inputs x targets" : "")}, "
                            + $"expected one element per target; store W as targets x inputs, or "
                                + $"{Remedies.Transpose}."));
        }

        var weights = rowsAreTargets ? Values : Transpose(Values);
        return new AffineModel(
            new AffineMap(weights, Bias ?? new double[targets], NamesFor(wanted, rowsAreTargets, inputs, targets)));
    }

    /// <summary>Whether one of the numbers of each target may be its bias.</summary>
    internal bool MayHoldBias => Model is null && Bias is null && BiasAt is null && !HasNames;

    /// <summary>The maps that the weights may be where each target has one number too many, and which one is its bias
    /// is not said.</summary>
    internal IReadOnlyList<HeldBias> ReadingsWithBias(VariableNames wanted) =>
        BiasAt is null && !Fits(Values.Rows, Values.Columns, wanted) && !Fits(Values.Columns, Values.Rows, wanted)
            ? HeldBias.All(this, wanted) : [];

    /// <summary>Says another thing in the place of a finding.</summary>
    internal void Replace(string code, Finding finding)
    {
        _findings.RemoveAll(found => found.Code == code);
        _findings.Add(finding);
    }

    private bool Decide(VariableNames? wanted)
    {
        var asStored = Fits(Values.Rows, Values.Columns, wanted);
        var turned = Fits(Values.Columns, Values.Rows, wanted);
        if (!asStored && turned)
        {
            if (!IsVector)
            {
                Add(new Finding(Severity.Information, "transposed",
                    string.Create(CultureInfo.InvariantCulture, $"{File}: the weights are {Values.Rows} x "
                        + $"{Values.Columns}, which can only be inputs x targets; they were transposed."), ""));
            }

            return false;
        }

        if (!asStored && wanted is not null)
        {
            if (HeldBias.All(this, wanted).Count > 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{File}: the weights are {ShapeText}, one number more than the {wanted.Inputs.Count} inputs of "
                        + $"the data, and nothing says which is the bias; {Remedies.PlaceBias(true)} or "
                            + $"{Remedies.PlaceBias(false)}."));
            }

            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{File}: the weights are {ShapeText}{(Bias is { } bias ? $" with {bias.Length} biases" : "")}, "
                        + $"but the data have {wanted.Inputs.Count} inputs and {wanted.Targets.Count} targets; "
                            + $"{Remedies.NameColumns}."));
        }

        if (IsKernel && turned && Values.Rows > 1)
        {
            Add(new Finding(Severity.Warning, "square-kernel",
                $"{File}: the weights are square and called kernel; they were read as targets x inputs.",
                "If Keras wrote them, " + Remedies.Transpose + "."));
        }

        return true;
    }

    // A map may be made more than once.
    private void Add(Finding finding)
    {
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }

    private bool Fits(int targets, int inputs, VariableNames? wanted) =>
        (wanted is null || (wanted.Targets.Count == targets && wanted.Inputs.Count == inputs))
        && (Bias is null || Bias.Length == targets)
        && (wanted is null || LooksLike(wanted, targets == Values.Rows));

    // Where the shape leaves it open, a name that is a column of the data does not.
    private bool LooksLike(VariableNames wanted, bool rowsAreTargets)
    {
        var (inputs, targets) = rowsAreTargets ? (ColumnNames, RowNames) : (RowNames, ColumnNames);
        return Values.Rows != Values.Columns
            || ((inputs?.All(wanted.Inputs.Contains) ?? true) && (targets?.All(wanted.Targets.Contains) ?? true));
    }

    private VariableNames NamesFor(VariableNames? wanted, bool rowsAreTargets, int inputs, int targets)
    {
        var fallback = VariableNames.Default(inputs, targets);
        if (wanted is not null && (wanted.Inputs.Count, wanted.Targets.Count) == (inputs, targets))
        {
            fallback = wanted;
        }

        var (inputNames, targetNames) = rowsAreTargets ? (ColumnNames, RowNames) : (RowNames, ColumnNames);
        var isHeading = targets == 1 && fallback == wanted; // such as "coef": the one target needs no name
        return new VariableNames(inputNames ?? fallback.Inputs,
            isHeading ? fallback.Targets : targetNames ?? fallback.Targets);
    }

    private AffineMap Turned(AffineMap map) => map.InputCount == map.TargetCount
        ? new AffineMap(Transpose(map.Weights), map.Bias, map.Names)
        : throw new InvalidDataException(
            string.Create(CultureInfo.InvariantCulture, $"{File}: has {map.InputCount} inputs and {map.TargetCount} "
                + $"targets, and a bias for each target, expected as many of both where it is said that W is inputs x "
                + $"targets; "
                    + $"{Remedies.DoNotTranspose}."));

    internal string ShapeText => IsVector ? FormattableString.Invariant($"a list of {Values.Columns}")
        : FormattableString.Invariant($"{Values.Rows} x {Values.Columns}");

    private static bool IsDefault(AffineMap map) =>
        map.Names.Equals(VariableNames.Default(map.InputCount, map.TargetCount));

    private static Matrix Transpose(Matrix matrix) =>
        Matrix.Create(matrix.Columns, matrix.Rows, (i, j) => matrix[j, i]);
}
