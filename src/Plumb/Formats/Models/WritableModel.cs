namespace Plumb.Formats;

/// <summary>What must hold of a model that a file can keep.</summary>
internal static class WritableModel
{
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Require(AffineModel model)
    {
        var map = model.Map;
        Require(map.TargetCount > 0, "the map has no target; a model file needs one or more.", nameof(model));
        Require(StoredNames.AreProper(map.Names.Inputs) && StoredNames.AreProper(map.Names.Targets),
            "the map has empty or repeated names; a model file needs a name of its own for each input, and for each "
                + "target.", nameof(model));
        for (var i = 0; i < map.TargetCount; i++)
        {
            Require(AreFinite(map.WeightsOf(i)),
                $"a weight of '{map.Names.Targets[i]}' is not finite; a model file holds finite numbers only.",
                nameof(model));
        }

        Require(AreFinite(map.Bias), "a bias is not finite; a model file holds finite numbers only.", nameof(model));
        Require(AreFinite([model.Provenance?.Ridge ?? 0, model.Provenance?.LearningRate ?? 0]),
            "the ridge or the learning rate is not finite; a model file holds finite numbers only.", nameof(model));
        Require(model.Identified is null || model.Identified.Weights.Count == map.InputCount,
            "'Identified' has another number of weights than the map has inputs.", nameof(model));
        foreach (var direction in model.FreeDirections)
        {
            Require(direction.Weights.Count == map.InputCount,
                "an undetermined direction has another number of weights than the map has inputs.", nameof(model));
            Require(AreFinite([.. direction.Weights, direction.Bias]),
                "an undetermined direction is not finite; a model file holds finite numbers only.", nameof(model));
        }
    }

    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool condition, string message, string parameter)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}
