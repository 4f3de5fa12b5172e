using System.Globalization;

namespace Plumb.Formats;

/// <summary>A reading of weights that have one number more than there are inputs: the first or last is b.</summary>
/// <param name="Place">Which number of each target is its bias.</param>
/// <param name="Model">The map then.</param>
/// <param name="IsTurned">Whether the weights were taken as inputs x targets.</param>
internal sealed record HeldBias(BiasPlace Place, AffineModel Model, bool IsTurned)
{
    /// <summary>What the place is called.</summary>
    public string Word => Place == BiasPlace.First ? "first" : "last";

    /// <summary>What to say, so that it need not be guessed.</summary>
    public string Said =>
        Remedies.PlaceBias(Place == BiasPlace.First) + (IsTurned ? ", and " + Remedies.Transpose : "");

    /// <summary>All readings that fit the inputs and targets of data; none where the shape is another.</summary>
    public static IReadOnlyList<HeldBias> All(StoredWeights stored, VariableNames wanted) =>
        stored.Model is not null || stored.Bias is not null ? [] :
        [
            .. from turned in (bool[])[false, true]
               where Fits(stored, wanted, turned) && stored.RowsAreTargets != turned
               from place in (BiasPlace[])[BiasPlace.First, BiasPlace.Last]
               where stored.BiasAt is null || stored.BiasAt == place
               select Of(stored, place, turned, wanted),
        ];

    /// <summary>The reading that was asked for.</summary>
    /// <exception cref="InvalidDataException">The shape is another.</exception>
    public static AffineModel Of(StoredWeights stored, BiasPlace place, VariableNames? wanted)
    {
        if (wanted is null)
        {
            return Of(stored, place, turned: stored.RowsAreTargets == false, wanted).Model;
        }

        return All(stored, wanted) is [var first, ..]
            ? first.Model
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{stored.File}: the weights are {stored.ShapeText}, but the data have {wanted.Inputs.Count} inputs "
                    + $"and {wanted.Targets.Count} targets, expected one number more than inputs for each target, as "
                        + $"one of them is said to be the bias; {Remedies.NameColumns}, or "
                        + $"{Remedies.DoNotPlaceBias}."));
    }

    private static bool Fits(StoredWeights stored, VariableNames wanted, bool turned)
    {
        var (rows, columns) = (stored.Values.Rows, stored.Values.Columns);
        var (targets, numbers) = turned ? (columns, rows) : (rows, columns);
        return targets == wanted.Targets.Count && numbers == wanted.Inputs.Count + 1
            && (stored.RowNames ?? stored.ColumnNames) is null;
    }

    private static HeldBias Of(StoredWeights stored, BiasPlace place, bool turned, VariableNames? wanted)
    {
        var values = stored.Values;
        var (targets, numbers) = turned ? (values.Columns, values.Rows) : (values.Rows, values.Columns);
        double At(int target, int number) => turned ? values[number, target] : values[target, number];
        var (bias, first) = place == BiasPlace.First ? (0, 1) : (numbers - 1, 0);
        var map = new AffineMap(Matrix.Create(targets, numbers - 1, (t, j) => At(t, first + j)),
            [.. Enumerable.Range(0, targets).Select(t => At(t, bias))],
            wanted ?? VariableNames.Default(numbers - 1, targets));
        return new HeldBias(place, new AffineModel(map), turned);
    }
}
