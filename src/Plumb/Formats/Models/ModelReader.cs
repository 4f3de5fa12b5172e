using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>Reads the JSON model file; ModelFile is its public face.</summary>
internal static class ModelReader
{
    private const int LongestFile = 1 << 28; // bytes: room for ten million weights; more is surely another kind of file
    private const int DeepestNesting = 16; // the schema itself needs 6
    private const string SchemaFamily = "plumb.model/";

    /// <summary>All bytes of a stream that begins like a JSON object and is no longer than a model can be.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(Stream stream, string name)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[1 << 16];
        var hasBegun = false;
        int count;
        while ((count = stream.Read(chunk)) > 0)
        {
            bytes.Write(chunk, 0, count);
            if (!hasBegun && bytes.Length >= ByteOrderMark.Length
                && FirstByte(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) >= 0)
            {
                // Before a data file of gigabytes is read in vain.
                RequireObject(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
                hasBegun = true;
            }

            if (bytes.Length > LongestFile)
            {
                throw new InvalidDataException(
                    $"{name}: $ holds more than {LongestFile >> 20} MB, expected a model; give the JSON file that "
                        + $"'plumb fit -o' writes.");
            }
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>The model that the JSON text describes.</summary>
    public static AffineModel Read(ReadOnlyMemory<byte> utf8, string name) => Read(utf8, name, ReadModel);

    /// <summary>What is read from the JSON text, which is an object, or may be a list.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, string name, Func<JsonPlace, T> read, bool mayBeList = false)
    {
        if (utf8.Span.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        if (!mayBeList || FirstByte(utf8.Span) != '[')
        {
            RequireObject(utf8.Span, name);
        }

        try
        {
            using var document = JsonDocument.Parse(utf8,
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DeepestNesting });
            return read(new JsonPlace(name, "$", document.RootElement));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(SyntaxMessage(e, name), e);
        }
        catch (InvalidOperationException e)
        {
            // The parser leaves the bytes of texts unchecked until they are asked for.
            throw new InvalidDataException(
                $"{name}: $ holds a text that is not valid Unicode, expected UTF-8; save the file as UTF-8.", e);
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The model that a JSON object describes.</summary>
    public static AffineModel ReadModel(JsonPlace root)
    {
        RequireSchema(root.Member("schema"));
        var weights =
            ReadWeights(
                root.Required("weights", "rows of numbers, targets x inputs",
                    "add \"weights\": [[..], ..], one row per target"));
        var bias =
            ReadNumbers(root.Required("bias", "one number per target", "add \"bias\": [..], zeros when there is none"),
                weights.Rows, "target");
        var names = VariableNames.Default(weights.Columns, weights.Rows);
        names = new VariableNames(
            ReadNames(root.Member("inputs"), weights.Columns, "input", "column of the weights") ?? names.Inputs,
            ReadNames(root.Member("targets"), weights.Rows, "target", "row of the weights") ?? names.Targets);
        RequireOwnNames(names, $"{root.File}: {root.Path}");
        return new AffineModel(new AffineMap(weights, bias, names))
        {
            Provenance = ReadMade(root.Member("made")),
            Design = DesignReader.Read(root.Member("design"), names),
            Identified = ReadIdentified(root.Member("identified"), weights.Columns),
            FreeDirections = ReadUndetermined(root.Member("undetermined"), weights.Columns),
            Errors = PredictionErrorsReader.Read(root.Member("errors"), names),
            LearnedFrom = LearnedFromReader.Read(root.Member(LearnedFromReader.Key), weights.Rows),
        };
    }

    /// <summary>Refuses a name that an input and a target share: columns of data are found by names.</summary>
    public static void RequireOwnNames(VariableNames names, string place)
    {
        if (names.Inputs.Intersect(names.Targets, StringComparer.Ordinal).FirstOrDefault() is { } shared)
        {
            throw new InvalidDataException($"{place} has an input and a target called '{Escaped.Of(shared)}', expected "
                + "a name of its own for each; rename one of the two.");
        }
    }

    private static void RequireSchema(JsonPlace? place)
    {
        if (place is not { } schema || schema.Text() is not { } found || found == ModelFile.Schema)
        {
            return;
        }

        var isOtherVersion = found.StartsWith(SchemaFamily, StringComparison.Ordinal)
            && int.TryParse(found.AsSpan(SchemaFamily.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var remedy = isOtherVersion
            ? $"this Plumb reads {ModelFile.Schema}: use a version of Plumb that reads {found}, or write the model "
                + $"again with this one"
            : "give a model file, such as 'plumb fit -o model.json' writes";
        throw schema.Refusal($"\"{ModelFile.Schema}\"", remedy);
    }

    private static Matrix ReadWeights(JsonPlace place) // targets x inputs
    {
        const string Expected = "rows of numbers, targets x inputs";
        var (rows, read) = (place.Length(Expected, "write [[..], ..], one row per target"), 0);
        if (rows == 0)
        {
            throw place.Refusal("no rows", Expected, "write one row per target");
        }

        Matrix? weights = null;
        foreach (var row in place.Each())
        {
            weights ??= new Matrix(rows, row.Length("a row of numbers, one per input",
                "write [[..], ..], one row per target, even when there is only one"));
            ReadNumbers(row, weights.WritableRow(read++), "input");
        }

        return weights!;
    }

    private static double[] ReadNumbers(JsonPlace place, int count, string unit)
    {
        var numbers = new double[count];
        ReadNumbers(place, numbers, unit);
        return numbers;
    }

    private static void ReadNumbers(JsonPlace place, Span<double> numbers, string unit)
    {
        RequireLength(place, numbers.Length, unit, "number");
        var i = 0;
        foreach (var item in place.Each())
        {
            numbers[i++] = item.Number();
        }
    }

    private static JsonPlace[] ReadItems(JsonPlace place, int count, string unit, string what)
    {
        RequireLength(place, count, unit, what);
        return place.Items("", "");
    }

    private static void RequireLength(JsonPlace place, int count, string unit, string what)
    {
        if (place.Value.ValueKind != JsonValueKind.Array || place.Value.GetArrayLength() != count)
        {
            throw place.Refusal(
                string.Create(CultureInfo.InvariantCulture, $"a list of {count}, one {what} each {unit}"),
                $"give each {unit} one {what}");
        }
    }

    private static string[]? ReadNames(JsonPlace? place, int count, string unit, string what)
    {
        if (place is not { } list)
        {
            return null;
        }

        var items = ReadItems(list, count, what, "name");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Text().Length == 0 || !seen.Add(item.Text()))
            {
                throw item.Refusal($"a name of its own for each {unit}", $"rename the {unit}");
            }
        }

        return Array.ConvertAll(items, item => item.Text());
    }

    private static Provenance? ReadMade(JsonPlace? place)
    {
        if (place?.Object("an object that says how the model was made",
            "write {\"by\": \"..\"}, or leave it out") is not { } made)
        {
            return null;
        }

        return new Provenance(made.Required("by", "a text", "say how the model was made, or leave 'made' out").Text())
        {
            Ridge = made.Member("ridge")?.Number(),
            HasBias = made.Member("hasBias")?.Flag(),
            Steps = made.Member("steps")?.Whole(),
            LearningRate = made.Member("learningRate")?.Number(),
            Loss = made.Member("loss")?.Text(),
            Seed = made.Member("seed")?.Whole(),
        };
    }

    private static Identification? ReadIdentified(JsonPlace? place, int inputs)
    {
        if (place?.Object("an object with 'weights' and 'bias'", "leave it out when unknown") is not { } identified)
        {
            return null;
        }

        var weights =
            ReadItems(
                identified.Required("weights", "true or false for each input", "add it, or leave 'identified' out"),
                inputs, "input", "true or false");
        var bias = identified.Required("bias", "true or false", "add it, or leave 'identified' out");
        return new Identification(Array.ConvertAll(weights, item => item.Flag()), bias.Flag());
    }

    private static Direction[] ReadUndetermined(JsonPlace? place, int inputs)
    {
        const string Remedy = "write {\"weights\": [..], \"bias\": ..}, or leave 'undetermined' out";
        return place is not { } list ? [] : Array.ConvertAll(
            list.Items("a list of directions", Remedy),
            item =>
            {
                var direction = item.Object("a direction", Remedy);
                var weights = ReadNumbers(direction.Required("weights", "one number per input", Remedy), inputs,
                    "input");
                return new Direction(weights, direction.Required("bias", "a number", Remedy).Number());
            });
    }

    private static void RequireObject(ReadOnlySpan<byte> utf8, string name)
    {
        const string Expected =
            "expected a JSON object; give a model file, such as 'plumb fit -o model.json' writes, or {\"weights\": "
                + "[[..]], \"bias\": [..]}";
        switch (FirstByte(utf8))
        {
            case '{':
                return;
            case < 0:
                throw new InvalidDataException($"{name}: $ holds nothing, {Expected}.");
            case var other:
                throw new InvalidDataException(
                    $"{name}: $ begins with {(other is > 0x20 and < 0x7F ? $"'{(char)other}'" : $"byte 0x{other:X2}")}"
                        + $", {Expected}.");
        }
    }

    // The first byte of the JSON text itself, -1 when there is none yet.
    private static int FirstByte(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        var start = text.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? -1 : text[start];
    }

    private static string SyntaxMessage(JsonException e, string name)
    {
        // The parser's own words, without its zero-based position: "'N' is an invalid start of a value. LineNumber: 0 |
        // BytePositionInLine: 5."
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
        var line = e.LineNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $"({number + 1})") : "";
        return $"{name}{line}: $ is not valid JSON: {reason}; expected strict JSON with every key once and finite "
            + $"numbers (no NaN, comments or trailing commas): correct that place.";
    }
}
