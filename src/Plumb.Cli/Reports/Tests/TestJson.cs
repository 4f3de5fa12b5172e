using System.Text.Json;

namespace Plumb.Cli.Reports;

/// <summary>Tests of hypotheses, for machines: schema plumb.test/1.</summary>
internal static class TestJson
{
    public static void Write(Utf8JsonWriter json, TestDocument document)
    {
        var fit = document.Fit;
        json.WriteStartObject();
        json.WriteString("schema", "plumb.test/1");
        json.WriteString("source", document.Source);
        json.WriteNumber("rows", fit.Rows);
        json.WriteRow("inputs", fit.Names.Inputs);
        json.WriteRow("targets", fit.Names.Targets);
        json.WriteNumber("rank", fit.Rank);
        json.WriteNumber("degreesOfFreedom", fit.ResidualDegreesOfFreedom);
        json.WriteString("errors", document.Inference.Method.Name);
        json.WriteNumber("level", fit.Settings.Level);
        json.WriteString("adjustment", document.Adjustment.ToString().ToLowerInvariant());
        json.WriteStartArray("tests");
        foreach (var test in document.Tests)
        {
            Write(json, test);
        }

        json.WriteEndArray();
        LevelsJson.Write(json, document);
        json.WriteStartArray("multivariate");
        foreach (var test in document.Multivariate)
        {
            Write(json, test);
        }

        json.WriteEndArray();
        json.WriteFindings(RemedyFlags.AddTo(document.Findings), TestText.Verdict(document));
        json.WriteEndObject();
    }

    /// <summary>One test.</summary>
    public static void Write(Utf8JsonWriter json, TestedHypothesis test)
    {
        json.WriteStartObject();
        json.WriteString("hypothesis", test.Text);
        json.WriteString("target", test.Target);
        json.WriteString("undetermined", test.Undetermined);
        json.WriteFinite("f", test.F);
        json.WriteNumber("numeratorDegreesOfFreedom", test.NumeratorDegreesOfFreedom);
        json.WriteFinite("denominatorDegreesOfFreedom", test.DenominatorDegreesOfFreedom);
        json.WriteFinite("pValue", test.PValue);
        json.WriteFinite("adjustedPValue", test.AdjustedPValue ?? double.NaN);
        json.WriteObjects("equations", test.Restrictions, equation =>
        {
            json.WriteString("text", equation.Text);
            json.WriteFinite("difference", equation.Estimate);
            json.WriteFinite("standardError", equation.StandardError);
            json.WriteFinite("low", equation.Low);
            json.WriteFinite("high", equation.High);
            json.WriteFinite("t", equation.T);
            json.WriteFinite("degreesOfFreedom", equation.DegreesOfFreedom);
            json.WriteFinite("pValue", equation.PValue);
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MultivariateTest test)
    {
        json.WriteStartObject();
        json.WriteString("hypothesis", test.Text);
        json.WriteRow("eigenvalues", [.. test.Eigenvalues]);
        json.WriteObjects("statistics", test.Statistics, statistic =>
        {
            json.WriteString("name", statistic.Name);
            json.WriteFinite("value", statistic.Value);
            json.WriteFinite("f", statistic.F);
            json.WriteFinite("numeratorDegreesOfFreedom", statistic.NumeratorDegreesOfFreedom);
            json.WriteFinite("denominatorDegreesOfFreedom", statistic.DenominatorDegreesOfFreedom);
            json.WriteFinite("pValue", statistic.PValue);
        });
        json.WriteEndObject();
    }
}
