using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Tests hypotheses about the weights of a fit.</summary>
internal static class TestCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var options = new TestOptions();
        var command = new DocumentedCommand(
            "test",
            "Tests hypotheses about the weights of a least-squares fit: t, F, and over several targets Wilks, Pillai, "
                + "Hotelling-Lawley and Roy.",
            "plumb test samples/energy.csv --target heating_load \"wall_area = roof_area\"",
            "plumb test data.csv --target y \"x1 + x2 = 1, x3 = 0\"",
            "plumb test data.csv --target y1,y2 \"w[y1,x] = w[y2,x]\"",
            "plumb test data.csv --target y --against x1,x2",
            "plumb test data.csv --target y --by species",
            "plumb test data.csv --formula \"y ~ (x1 + x2) * group\" --by group",
            "plumb test data.csv --target y \"a = b\" \"b = c\" \"a = c\" --adjust holm",
            "plumb test data.csv --target y --all-equal --json > test.json");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TestOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var errors = options.Errors.Of(parsed);
        var groups = GroupColumns.Of(errors);
        var data = await options.Columns.ReadAsync(parsed, keepRows: false, options.HasBias(parsed), terminal,
            cancellationToken, looksAgain: errors is not ClassicalErrors, groups: groups?.Columns);
        var ofDoubles = await data.FitAsync(options.Settings(parsed, data.HasBias), terminal, withSpectrum: false);
        (data, var fit) =
            await NumbersAsMeant.DecideAsync(data, ofDoubles, withSpectrum: false, terminal, cancellationToken);
        if (fit.WhyNoErrors is { } why)
        {
            throw CommandException.NoHonestAnswer($"{options.Columns.Source.Of(parsed).Name}: {why}");
        }

        var rows = errors is ClassicalErrors ? null
            : await data.LookAgainAsync(fit, inOrder: false, terminal, cancellationToken, errors: errors);
        groups?.RequireSeveral(rows?.AskedErrors, options.Columns.Source.Of(parsed).Name);
        var document = DocumentOf(options, parsed, data, fit, rows);
        if (document.Tests.All(test => test.Undetermined is not null))
        {
            throw CommandException.NoHonestAnswer($"'{document.Tests[0].Text}' cannot be tested: "
                + $"{document.Tests[0].Undetermined}{(document.Inference.Method is ClassicalErrors ? ""
                    : "; --against with --errors classical tests what single weights do not tell")}.");
        }

        if (parsed.GetValue(options.Json))
        {
            terminal.WriteJson(writer => TestJson.Write(writer, document));
        }
        else
        {
            options.Reports.Show(parsed, TestPage.Of(document), terminal);
        }

        await options.Reports.WriteAsync(parsed, () => TestPage.Of(document), terminal, cancellationToken);
        return ExitCode.Done;
    }

    private static TestDocument DocumentOf(TestOptions options, ParseResult parsed, LoadedData data, LinearFit fit,
        RowReport? rows)
    {
        try
        {
            var inference = rows?.InferenceOf(fit) ?? fit.Inference;
            var (design, isClassical) = (inference.Design, inference.Method is ClassicalErrors);
            Hypothesis[] hypotheses = [.. options.Hypotheses(parsed).Select(text => Hypothesis.Parse(text, design)),
                .. options.AllEqual(parsed) ? [Hypothesis.AllEqual(design)] : Array.Empty<Hypothesis>()];
            var by = options.By(parsed);
            LevelComparison[] levels =
                by is null ? [] : [.. inference.CompareLevels(by, options.AdjustmentOfLevels(parsed))];
            var against = options.Against(parsed, design)
                ?? (by is not null ? new LevelPoints(fit, design, by).Others : hypotheses.Length == 0 ? [] : null);
            var isOfLevels = by is not null && options.Against(parsed, design) is null;
            TestedHypothesis[] tests = [.. inference.Test(hypotheses, AdjustmentMethod.None),
                .. (against is null ? []
                    : isClassical || against.Count == fit.Names.Inputs.Count ? fit.TestAgainst(against)
                    : inference.Test([WithoutOthers(against, design)], AdjustmentMethod.None))
                    .Select(test => isOfLevels ? test with { Text = $"nothing differs by {by}" } : test)];
            // These are for single equations: the differences of levels, where nothing else was asked for.
            var adjustment = isOfLevels && hypotheses.Length == 0 && options.Adjustment(parsed) is
                AdjustmentMethod.Tukey or AdjustmentMethod.Scheffe ? AdjustmentMethod.None : options.Adjustment(parsed);
            return new TestDocument(fit, options.Columns.Source.Of(parsed).Name, Inference.Adjust(tests, adjustment))
            {
                Inference = inference,
                Rows = rows,
                Multivariate = !isClassical ? []
                    : [.. hypotheses.Select(inference.TestAllTargets).OfType<MultivariateTest>(),
                        .. against is not null && fit.TestAllTargetsAgainst(against) is { } all ? [all]
                            : Array.Empty<MultivariateTest>()],
                Levels = levels,
                AdjustmentOfLevels = options.AdjustmentOfLevels(parsed),
                Adjustment = adjustment,
                DataFindings = [.. DesignFindings.OfTargets(data.Design, fit), .. data.Findings],
                Rest = data.Rest,
            };
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage(exception.Message);
        }
        catch (InvalidOperationException exception)
        {
            throw CommandException.Usage($"{exception.Message.TrimEnd('.')}; give --errors classical.");
        }
    }

    // That all other weights are 0: what a smaller fit says, by errors of any kind.
    private static Hypothesis WithoutOthers(IReadOnlyList<string> kept, Design design) => Hypothesis.Parse(
        string.Join(", ", design.Names.Inputs.Except(kept, StringComparer.Ordinal).Select(name => $"`{name}` = 0")),
        design);
}
