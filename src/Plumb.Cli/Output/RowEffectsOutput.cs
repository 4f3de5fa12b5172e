using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>Writes a row for each row of a fit: what it says, and how far the fit would move without it.</summary>
internal static class RowEffectsOutput
{
    private static readonly (string Ending, Func<RowEffect, double> Value)[] s_columns =
    [
        ("", effect => effect.Measured),
        ("_fitted", effect => effect.Fitted),
        ("_residual", effect => effect.Residual),
        ("_standardized", effect => effect.Standardized),
        ("_studentized", effect => effect.Studentized),
        ("_deleted", effect => effect.Deleted),
        ("_cook", effect => effect.CooksDistance),
        ("_dffits", effect => effect.Dffits),
    ];

    /// <summary>Writes them all.</summary>
    /// <param name="path">The file: Parquet by its name, CSV otherwise.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="data">Its data.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CommandException">There are no standard errors, or the rows cannot be read again.</exception>
    public static Task WriteAsync(string path, LinearFit fit, LoadedData data, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        if (fit.WhyNoErrors is { } why)
        {
            throw CommandException.NoHonestAnswer($"--residuals compares rows with the noise, and {why}");
        }

        if (data.Again is not { } again)
        {
            throw CommandException.DataRefused($"--residuals reads the rows once more: {data.WhyNotAgain}; give a file "
                + "with rows, or leave out --residuals.");
        }

        List<string> columns = ["row"];
        foreach (var name in fit.Names.Targets.SelectMany(target => s_columns.Select(column => target + column.Ending))
            .Prepend("leverage"))
        {
            columns.Add(columns.Contains(name, StringComparer.Ordinal) ? name + "_" : name);
        }

        return new PredictionOutput([], columns, leavesOut: false).WriteAsync(path,
            BlocksAsync(fit, new VariableNames([], columns), again(cancellationToken), cancellationToken), terminal,
            cancellationToken);
    }

    private static async IAsyncEnumerable<RowsWithTexts> BlocksAsync(LinearFit fit, VariableNames names,
        IAsyncEnumerable<Dataset> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, targets) = (1L, fit.Names.Targets.Count);
        await foreach (var block in rows.WithCancellation(cancellationToken))
        {
            var of = fit.Influence(block, first).Chunk(targets)
                .Select(effects => (double[])[effects[0].Row, effects[0].Leverage,
                    .. effects.SelectMany(effect => s_columns.Select(column => column.Value(effect)))])
                .ToArray();
            first += block.Rows;
            yield return new RowsWithTexts(new Dataset(new Matrix(of.Length, 0),
                Matrix.Create(of.Length, names.Targets.Count, (i, j) => of[i][j]), names), new RowTexts(0));
        }
    }
}
