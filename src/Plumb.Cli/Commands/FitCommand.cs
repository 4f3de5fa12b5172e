using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Fits W and b by exact least squares, and says what of them to trust.</summary>
internal static class FitCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var columns = new DataOptions(takesDecimals: true);
        var noBias = new Option<bool>("--no-bias") { Description = "Fit y = W x, without b" };
        var ridge = Options.Real("--ridge",
            "Add this penalty times the sum of squared weights to the sum of squared residuals [default: 0]", 0);
        var level = Options.Fraction("--level", "The probability that a confidence interval covers the truth");
        var loss = Options.Choice("--loss", "The loss that the advice on gradient descent is for",
            [.. Loss.All.Select(choice => choice.Name)]);
        var ordered = Options.Ordered();
        var hurried =
            new Option<bool>(
                "--no-second-look")
            {
                Description = "Read the data only once: outliers, curvature, uneven noise and "
                    + "correlated rows are then not looked for"
            };
        var precision = Options.Choice("--data-precision",
            "How precise each number is, for the digits: to the last bit of a double, or to the last digit printed "
                + "[default: double]", "double", "printed");
        var truth =
            new Option<string?>(
                "--truth")
            {
                Description = "The true map, as a model file, if it is known: also compare the fit with "
                    + "it",
                HelpName = "FILE"
            };
        var output =
            ModelOutput.Option("Also write the map as a model file; where the data leave weights open, the smallest");
        var errors = Options.Choice("--errors",
            "Which standard errors to give: auto (HC3 for a target whose noise is uneven, classical otherwise) or "
                + "classical [default: auto]", "auto", ReportedErrors.Classical);
        var evidence =
            new Option<bool>(
                "--evidence")
            {
                Description = "Also show what the verdict rests on: each question, the answer, and "
                    + "what decided it"
            };
        var json = Options.Json();
        level.DefaultValueFactory = _ => 0.95;
        loss.DefaultValueFactory = _ => Loss.Mse.Name;

        var command = new DocumentedCommand(
            "fit",
            "Fits y = W x + b by exact least squares, and says which weights the data determine, and how far.",
            "plumb fit samples/energy.csv --target heating_load --target cooling_load",
            "plumb fit data.csv --target y1,y2 --input x1,x2 -o model.json",
            "plumb fit data.csv --target y --input \"poly(x,3)\"",
            "plumb fit data.csv --target y --data-precision printed",
            "plumb fit data.csv --target y --numbers decimal",
            "plumb fit \"data/*.parquet\" --target y",
            "plumb fit --sql \"select * from 'data.parquet' where year = 2026\" --target y",
            "plumb fit data.csv --target y --json > fit.json")
        {
            columns.Source.Data, columns.Targets, columns.Inputs, noBias, ridge, level, precision, loss, ordered,
            hurried, errors, truth, evidence, output, json,
        };
        columns.AddTo(command);
        Options.RequireOneDocument(command, json, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new LeastSquares
            {
                Bias = !parsed.GetValue(noBias),
                Ridge = parsed.GetValue(ridge),
                Level = parsed.GetValue(level),
                WithholdTooLarge = true
            };
            var data =
                await columns.ReadAsync(parsed, keepRows: false, terminal, cancellationToken,
                    measurePrecision: parsed.GetValue(precision) == "printed");
            (data, var fit) =
                await NumbersAsMeant.DecideAsync(data, await data.FitAsync(settings, terminal, withSpectrum: true),
                    withSpectrum: true, terminal, cancellationToken);
            if (fit.TooLarge.Count == fit.ParametersPerTarget * fit.Names.Targets.Count && fit.TooLarge.Count > 0)
            {
                throw new ArithmeticException(fit.TooLarge[0].ToString()); // there is nothing else to show
            }

            data = parsed.GetValue(hurried) ? data.WithoutSecondLook() : data;
            var comparison = parsed.GetValue(truth) is { } file ? TruthReport.Compare(fit, file, terminal)
                : null;
            var rows = await data.LookAgainAsync(fit, parsed.GetValue(ordered), terminal, cancellationToken);
            var source = columns.Source.Of(parsed).Name;
            var accuracy = data.Uncertainty is { } uncertainty ? fit.AccuracyWith(uncertainty) : fit.Accuracy;
            var learning = Loss.All.Single(choice => choice.Name == parsed.GetValue(loss));
            var document = new FitDocument(fit, accuracy, rows, data.WhyNotLookedAt(fit) ?? "")
            {
                Source = source,
                DataFindings = [.. data.Findings,
                    .. data.WhyNotAgain.Length > 0 ? [data.NotSeen()] : Array.Empty<Finding>()],
                Errors = parsed.GetValue(errors) == ReportedErrors.Classical ? ReportedErrors.OnlyClassical(fit)
                    : ReportedErrors.Of(fit, rows),
                Loss = learning,
                Truth = comparison,
                Curvature = data.KeepingSquares is { } squares ? Curvature.Of(squares, fit) : [],
                EntangledRemedy = EntangledRemedy.Of(fit, data.Design, source),
            };
            if (parsed.GetValue(output) is { } path)
            {
                await ModelOutput.WriteAsync(path, ModelOf(fit), terminal, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => FitJson.Write(writer, document));
            }
            else if (parsed.GetValue(output) != "-")
            {
                FitReport.Write(terminal.Console, document, parsed.GetValue(evidence));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static AffineModel ModelOf(LinearFit fit) => fit.ToModel(
        fit.Map,
        new Provenance("least squares")
        {
            HasBias = fit.Settings.Bias,
            Ridge = fit.Settings.Ridge > 0 ? fit.Settings.Ridge : null
        });
}
