using System.Text.Json;

namespace Plumb.Formats;

/// <summary>Reads what <see cref="DesignWriter"/> writes.</summary>
internal static class DesignReader
{
    public const string Category = "category";
    public const string Truth = "truth value";
    public const string Date = "date";

    private const string Remedy = "write it as 'plumb fit -o' does, or leave 'design' out";

    /// <summary>What a file calls a coding.</summary>
    public static string NameOf(Coding coding) => coding switch
    {
        Coding.Treatment => "treatment",
        Coding.Sum => "sum",
        Coding.Helmert => "helmert",
        _ => "full",
    };

    /// <summary>What <see cref="DesignWriter.Encode"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="names">The names of inputs and targets, which must be the design's.</param>
    /// <param name="file">What messages call the file.</param>
    public static Design Decode(byte[] bytes, VariableNames names, string file)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Read(new JsonPlace(file, "$.design", json.RootElement), names)!;
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{file}: is damaged: found a design that is no JSON; write it again by "
                + "'plumb moments', or copy it again.");
        }
    }

    /// <summary>The design of a model; null where its inputs are columns of numbers.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="names">The names of the model's inputs and targets, which must be the design's.</param>
    public static Design? Read(JsonPlace? place, VariableNames names)
    {
        if (place?.Object("an object with 'inputs' and 'targets'", Remedy) is not { } found)
        {
            return null;
        }

        var meanings = ReadMeanings(found.Member("columns"));
        var terms = ReadTerms(found.Required("inputs", "a list of factors for each input", Remedy), meanings);
        var targets = ReadTerms(found.Required("targets", "a list of one factor for each target", Remedy), meanings);
        try
        {
            var design = Design.Of(terms, targets).With(meanings);
            return design.Names.Equals(names) ? design
                : throw found.Refusal("inputs or targets of other names than the model's",
                    string.Join(", ", names.Inputs.Concat(names.Targets).Take(6)), Remedy);
        }
        catch (ArgumentException exception)
        {
            throw found.Refusal($"what is no design ({exception.Message})", "one", Remedy);
        }
    }

    private static Dictionary<string, ColumnMeaning> ReadMeanings(JsonPlace? place)
    {
        var meanings = new Dictionary<string, ColumnMeaning>(StringComparer.Ordinal);
        if (place?.Object("an object of columns", Remedy) is { } columns)
        {
            foreach (var member in columns.Value.EnumerateObject())
            {
                meanings.Add(member.Name, ReadMeaning(
                    columns.Required(member.Name, "what it holds", Remedy).Object("an object", Remedy)));
            }
        }

        return meanings;
    }

    private static ColumnMeaning ReadMeaning(JsonPlace column)
    {
        var holds = column.Required("holds", "what the column holds", Remedy);
        switch (holds.Text())
        {
            case Truth:
                return new ColumnMeaning.Truth();
            case Date:
                return new ColumnMeaning.Time(column.Required("origin", "a date", Remedy).Text(),
                    column.Required("unit", "a unit such as days", Remedy).Text())
                { Order = column.Member("order")?.Text() };
            case Category:
                var levels = column.Required("levels", "a list of texts", Remedy);
                string[] names = [.. levels.Items("a list of texts", Remedy).Select(level => level.Text())];
                if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
                {
                    throw levels.Refusal("a level twice", "different ones", Remedy);
                }

                return new ColumnMeaning.Category(names, ReadCoding(column.Member("coding")),
                    column.Member("reference")?.Text())
                { OfNumbers = column.Member("numbers")?.Flag() ?? false };
            default:
                throw holds.Refusal($"\"{Category}\", \"{Truth}\" or \"{Date}\"", Remedy);
        }
    }

    private static Coding ReadCoding(JsonPlace? place)
    {
        if (place is not { } coding)
        {
            return Coding.Treatment;
        }

        foreach (var known in Enum.GetValues<Coding>())
        {
            if (NameOf(known) == coding.Text())
            {
                return known;
            }
        }

        throw coding.Refusal("treatment, sum, helmert or full", Remedy);
    }

    private static List<Term> ReadTerms(JsonPlace place, Dictionary<string, ColumnMeaning> meanings)
    {
        List<Term> terms = [];
        foreach (var item in place.Items("a list of factors for each", Remedy))
        {
            var factors = item.Items("a list of factors", Remedy);
            terms.Add(factors.Length > 0 ? new Term([.. factors.Select(factor => ReadFactor(factor, meanings))])
                : throw item.Refusal("one factor or more", Remedy));
        }

        return terms;
    }

    private static TermFactor ReadFactor(JsonPlace place, Dictionary<string, ColumnMeaning> meanings)
    {
        var factor = place.Object("a factor", Remedy);
        var column = factor.Required("column", "the name of a column", Remedy).Text();
        var power = factor.Member("power")?.Whole() ?? 1;
        return new TermFactor(column)
        {
            Power = power is >= 1 and <= Term.HighestPower ? (int)power
                : throw factor.Refusal("a power beyond these", $"1 to {Term.HighestPower}", Remedy),
            Function = factor.Member("function") is not { } function ? null : ColumnFunction.Named(function.Text())
                ?? throw function.Refusal($"{string.Join(", ", ColumnFunction.Names)}, 1/x or x^-2", Remedy),
            Contrast = factor.Member("values") is not { } values ? null
                : ReadContrast(factor, values, meanings.GetValueOrDefault(column) as ColumnMeaning.Category),
        };
    }

    private static Contrast ReadContrast(JsonPlace factor, JsonPlace values, ColumnMeaning.Category? category)
    {
        double[] numbers = [.. values.Items("a number per level", Remedy).Select(value => value.Number())];
        return category?.Names.Count == numbers.Length
            ? new Contrast(factor.Required("level", "a text", Remedy).Text(), numbers)
            : throw values.Refusal("a number for each level of the column", Remedy);
    }
}
