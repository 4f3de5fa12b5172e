using System.Text.Json;

namespace Plumb.Reports;

/// <summary>The pieces that all JSON documents are made of; numbers that do not exist are null.</summary>
internal static class JsonParts
{
    /// <summary>{ "weights": targets x inputs, "bias": [one per target] }.</summary>
    public static void WriteMap(this Utf8JsonWriter json, string name, AffineMap map) =>
        json.WriteParameters(name, map.Weights, map.Bias);

    /// <summary>The same shape for numbers that belong to parameters.</summary>
    public static void WriteParameters(this Utf8JsonWriter json, string name, Matrix weights, ReadOnlySpan<double> bias)
    {
        json.WriteStartObject(name);
        json.WriteMatrix("weights", weights);
        json.WriteRow("bias", bias);
        json.WriteEndObject();
    }

    /// <summary>[{ what an item is written as }, ...].</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A number, or null when it is not finite.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>"digits": how many of each parameter to trust, by each of three measures.</summary>
    public static void WriteDigits(this Utf8JsonWriter json, Accuracy accuracy)
    {
        json.WriteStartObject("digits");
        foreach (var (name, digits) in new[] { ("arithmetic", accuracy.Arithmetic), ("data", accuracy.Data),
            ("statistical", accuracy.Statistical) })
        {
            json.WriteParameters(name, digits.Weights, [.. digits.Bias]);
        }

        json.WriteEndObject();
    }

    /// <summary>"evidence": what was asked, and what was seen.</summary>
    public static void WriteEvidence(this Utf8JsonWriter json, IEnumerable<Evidence> evidence)
    {
        json.WriteObjects("evidence", evidence, item =>
        {
            json.WriteString("question", item.Question switch
            {
                Question.Determined => "determined",
                Question.ToldApart => "told-apart",
                Question.Digits => "digits",
                Question.Rows => "rows",
                Question.Affine => "affine",
                Question.Errors => "errors",
                Question.Order => "order",
                Question.Converged => "converged",
                _ => "origin",
            });
            json.WriteString("answer", item.Answer switch
            {
                Answer.Holds => "holds",
                Answer.Fails => "fails",
                _ => "not-looked-at",
            });
            json.WriteString("method", item.Method);
            json.WriteFinite("number", item.Number);
        });
    }

    /// <summary>"findings" and "verdict".</summary>
    public static void WriteFindings(this Utf8JsonWriter json, IEnumerable<Finding> findings, string verdict)
    {
        json.WriteFindings(findings);
        json.WriteString("verdict", verdict);
    }

    /// <summary>"findings".</summary>
    public static void WriteFindings(this Utf8JsonWriter json, IEnumerable<Finding> findings)
    {
        json.WriteObjects("findings", findings, finding =>
        {
            json.WriteString("severity", finding.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "information",
            });
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
        });
    }
}
