using System.Buffers;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>Writes the JSON model file; ModelFile is its public face.</summary>
internal static class ModelWriter
{
    /// <summary>The whole file: UTF-8 without BOM, lines ending in LF.</summary>
    public static ReadOnlySpan<byte> Encode(AffineModel model)
    {
        WritableModel.Require(model);
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
        DesignWriter.Write(json, model.Design);
        WriteMade(json, model.Provenance);
        WriteIdentified(json, model.Identified);
        WriteUndetermined(json, model.FreeDirections);
        PredictionErrorsWriter.Write(json, model);
        LearnedFromWriter.Write(json, model.LearnedFrom);
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
}
