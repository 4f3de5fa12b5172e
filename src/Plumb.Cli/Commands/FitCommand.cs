using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Fits W and b by exact least squares, and says what of them to trust.</summary>
internal static class FitCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var options = new FitOptions();
        var command = new DocumentedCommand(
            "fit",
            "Fits y = W x + b by exact least squares, and shows which weights the data determine, and how accurately.",
            "plumb fit samples/energy.csv --target heating_load --target cooling_load",
            "plumb fit data.csv --target y1,y2 --input x1,x2 -o model.json",
            "plumb fit data.csv --target y --input \"poly(x,3)\"",
            "plumb fit data.csv --target y --residuals rows.csv",
            "plumb fit data.csv --target y --sigma y_error",
            "plumb fit data.csv --target y --data-precision printed",
            "plumb fit data.csv --target y --numbers decimal",
            "plumb fit \"data/*.parquet\" --target y",
            "plumb fit --sql \"select * from 'data.parquet' where year = 2026\" --target y",
            "plumb fit data.csv --target y --json > fit.json");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FitOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var (data, document) = await options.FitDataAsync(parsed, options.Reports.HasPictures(parsed), terminal,
            cancellationToken);
        var output = parsed.GetValue(options.Output);
        if (output is not null)
        {
            var model = await ModelOfAsync(data, document, cancellationToken);
            await ModelOutput.WriteAsync(output, model, terminal, cancellationToken);
        }

        if (parsed.GetValue(options.Residuals) is { } residuals)
        {
            await RowEffectsOutput.WriteAsync(residuals, document.Fit, data, terminal, cancellationToken);
        }

        if (parsed.GetValue(options.Json))
        {
            terminal.WriteJson(writer => FitJson.Write(writer, document));
        }
        else if (output != "-")
        {
            options.Reports.Show(parsed, FitPage.Of(document), terminal);
        }

        await options.Reports.WriteAsync(parsed, () => FitPage.Of(document with { ShowsEvidence = true }), terminal,
            cancellationToken);

        return ExitCode.Done;
    }

    private static async Task<AffineModel> ModelOfAsync(LoadedData data, FitDocument document,
        CancellationToken cancellationToken)
    {
        var fit = document.Fit;
        var model = data.Remembered(fit.ToModel(
            fit.Map,
            new Provenance("least squares")
            {
                HasBias = fit.Settings.Bias,
                Ridge = fit.Settings.Ridge > 0 ? fit.Settings.Ridge : null,
            }));
        return model.Errors is not { } errors || document.Rows is not { } rows ? model : model with
        {
            Errors = errors with
            {
                Doubts = [.. rows.AgainstClassicalErrors.Select(finding => finding.Code)
                    .Distinct(StringComparer.Ordinal)],
                LargestLeverage = data.HasPrecisions
                    ? await LargestLeverageAsync(errors, data.Again!(cancellationToken)) : rows.LargestLeverage,
            },
        };
    }

    /// <summary>
    /// The largest leverage of a row as a point: where rows have weights, that of the rows themselves depends on these.
    /// </summary>
    private static async Task<double> LargestLeverageAsync(PredictionErrors errors, IAsyncEnumerable<Dataset> rows)
    {
        var largest = 0.0;
        await foreach (var block in rows)
        {
            for (var i = 0; i < block.Rows; i++)
            {
                largest = block.Weights is { } weights && weights.Values[i] == 0 ? largest
                    : Math.Max(largest, errors.Leverage(block.Inputs.Row(i)));
            }
        }

        return largest;
    }
}
