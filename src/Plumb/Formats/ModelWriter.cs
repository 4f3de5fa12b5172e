using System.Buffers;
using System.Text.Json;

namespace Plumb;

/// <summary>Writes the JSON model file; ModelFile is its public face.</summary>
internal static class ModelWriter
{
    /// <summary>The whole file: UTF-8 without BOM, lines ending in LF.</summary>
    public static ReadOnlySpan<byte> Encode(AffineModel model)
    {
        Validate(model);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonRows.Options))
        {
            WriteModel(json, model);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static void WriteModel(Utf8JsonWriter json, AffineModel model)
    {
        var map = model.Map;
        json.WriteStartObject();
        json.WriteString("schema", ModelFile.Schema);
        json.WriteRow("inputs", map.Names.Inputs);
        json.WriteRow("targets", map.Names.Targets);
        json.WriteMatrix("weights", map.Weights);
        json.WriteRow("bias", map.Bias);
        WriteMade(json, model.Made);
        WriteIdentified(json, model.Identified);
        WriteUndetermined(json, model.Undetermined);
        json.WriteEndObject();
    }

    private static void WriteMade(Utf8JsonWriter json, Provenance? made)
    {
        if (made is null)
        {
            return;
        }

        json.WriteStartObject("made");
        json.WriteString("by", made.By);
        if (made.Ridge is { } ridge)
        {
            json.WriteNumber("ridge", ridge);
        }

        if (made.HasBias is { } hasBias)
        {
            json.WriteBoolean("hasBias", hasBias);
        }

        if (made.Steps is { } steps)
        {
            json.WriteNumber("steps", steps);
        }

        if (made.LearningRate is { } learningRate)
        {
            json.WriteNumber("learningRate", learningRate);
        }

        if (made.Loss is { } loss)
        {
            json.WriteString("loss", loss);
        }

        if (made.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        json.WriteEndObject();
    }

    private static void WriteIdentified(Utf8JsonWriter json, Identification? identified)
    {
        if (identified is null)
        {
            return;
        }

        json.WriteStartObject("identified");
        json.WriteRow("weights", identified.Weights);
        json.WriteBoolean("bias", identified.Bias);
        json.WriteEndObject();
    }

    private static void WriteUndetermined(Utf8JsonWriter json, IReadOnlyList<Direction> directions)
    {
        if (directions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("undetermined");
        foreach (var direction in directions)
        {
            json.WriteStartObject();
            json.WriteRow("weights", [.. direction.Weights]);
            json.WriteNumber("bias", direction.Bias);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Validate(AffineModel model)
    {
        var map = model.Map;
        Require(map.TargetCount > 0, "the map has no target; a model file needs one or more.", nameof(model));
        Require(AreProper(map.Names.Inputs) && AreProper(map.Names.Targets), "the map has empty or repeated names; a model file needs a name of its own for each input, and for each target.", nameof(model));
        for (var i = 0; i < map.TargetCount; i++)
        {
            Require(AreFinite(map.WeightsOf(i)), $"a weight of '{map.Names.Targets[i]}' is not finite; a model file holds finite numbers only.", nameof(model));
        }

        Require(AreFinite(map.Bias), "a bias is not finite; a model file holds finite numbers only.", nameof(model));
        Require(AreFinite([model.Made?.Ridge ?? 0, model.Made?.LearningRate ?? 0]), "the ridge or the learning rate is not finite; a model file holds finite numbers only.", nameof(model));
        Require(model.Identified is null || model.Identified.Weights.Count == map.InputCount, "'Identified' has another number of weights than the map has inputs.", nameof(model));
        foreach (var direction in model.Undetermined)
        {
            Require(direction.Weights.Count == map.InputCount, "an undetermined direction has another number of weights than the map has inputs.", nameof(model));
            Require(AreFinite([.. direction.Weights, direction.Bias]), "an undetermined direction is not finite; a model file holds finite numbers only.", nameof(model));
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

    private static bool AreProper(IReadOnlyList<string> names) =>
        !names.Contains("") && names.Distinct(StringComparer.Ordinal).Count() == names.Count;

    private static void Require(bool condition, string message, string parameter)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}
