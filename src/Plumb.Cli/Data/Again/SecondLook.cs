using System.Globalization;

namespace Plumb.Cli;

/// <summary>A second look at the rows of data that were read and fitted.</summary>
internal static class SecondLook
{
    /// <summary>What the rows say of a fit to them; null where they cannot be seen again.</summary>
    /// <param name="data">The data.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="inOrder">Whether the order of the rows means something.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="withClouds">Whether rows are gathered for pictures.</param>
    /// <param name="errors">Standard errors that are wanted beside HC3.</param>
    /// <exception cref="CommandException">Errors are wanted that the rows would have to be seen again for, and they
    /// cannot be; or rows have no groups, or no order; or the rows do not give these errors.</exception>
    public static async Task<RowReport?> LookAgainAsync(this LoadedData data, LinearFit fit, bool inOrder,
        ProcessStreams terminal, CancellationToken cancellationToken, bool withClouds = false,
        ErrorMethod? errors = null)
    {
        var groups = GroupColumns.Of(errors);
        if (data.WhyNotLookedAt(fit) is { } why)
        {
            return errors is null or ClassicalErrors ? null
                : fit.Settings.Ridge > 0
                ? throw CommandException.Usage(
                    "--errors is about fits without a ridge penalty; leave out one of the two.")
                : throw CommandException.DataRefused($"--errors takes a second look at the rows, and they are not "
                    + $"looked at again: {why}; give a file with rows, or leave out --errors.");
        }

        if (groups is not null && data.AgainInGroups is null)
        {
            throw CommandException.DataRefused(
                "--errors cluster reads the rows once more, with their groups, and standard input and pipes cannot be "
                    + "read twice; save them to a file.");
        }

        if (errors is AutocorrelatedErrors autocorrelated)
        {
            RequireOrder(data, fit, autocorrelated);
        }

        if (errors is BootstrapErrors { Resamples: var replicates } && BootstrapErrors.MostFor(fit) is var most
            && replicates > most)
        {
            throw CommandException.Usage(string.Create(CultureInfo.InvariantCulture,
                $"--errors bootstrap:{replicates} takes more memory than there is for {fit.Rank} parameters, expected "
                    + $"at most {most} replicates."));
        }

        var notSeen = data.GroupsNotSeen;
        var report = await Progress.RunAsync(terminal, "looking at the rows again", progress =>
            data.AgainInNoOrder is { } read && errors is not BootstrapErrors // which counts rows by their numbers
            ? RowTests.OfChunksAsync(fit, newConsumer => read(newConsumer, groups, progress, cancellationToken),
                inOrder, withClouds, errors)
            : LookInOrderAsync(progress));
        return report.WhyNoAskedErrors is not { } missing ? WithGroupsNotSeen(report, notSeen)
            : throw CommandException.NoHonestAnswer(
            $"the errors that --errors asks for cannot be found: {missing}; leave out --errors to fit with others.");

        async Task<RowReport> LookInOrderAsync(Progress progress)
        {
            try
            {
                return await LookAtAsync(data.AgainWithLabels is { } withLabels ? withLabels(groups, cancellationToken)
                    : Plain(), progress);
            }
            catch (InvalidDataException) when (data.AgainWithLabels is not null)
            {
                // A column that the fit does not use may hold anything: what cannot be read as labels is left out.
                notSeen = PossibleGroups.NoneSeen;
                return await LookAtAsync(Plain(), progress);
            }
        }

        IAsyncEnumerable<Dataset> Plain() => groups is null ? data.Again!(cancellationToken)
            : data.AgainInGroups!(groups, cancellationToken);

        Task<RowReport> LookAtAsync(IAsyncEnumerable<Dataset> rows, Progress progress) => RowTests.OfAsync(fit,
            SecondReading.Counted(rows, data.Moments.Rows, progress), inOrder, withClouds, errors, cancellationToken);
    }

    // That errors hold is said of what was looked at.
    private static RowReport WithGroupsNotSeen(RowReport report, string? notSeen) => notSeen is null ? report
        : report with
        {
            Evidence = [.. report.Evidence.Select(item => item is { Question: Question.Errors, Answer: Answer.Holds }
                ? item with { Method = $"{item.Method} ({notSeen})" } : item)],
        };

    private static void RequireOrder(LoadedData data, LinearFit fit, AutocorrelatedErrors errors)
    {
        if (data.WhyNoOrder is { Length: > 0 } why)
        {
            throw CommandException.Usage($"--errors hac takes rows in the order of time: {why}.");
        }

        if (data.AreCounted)
        {
            throw CommandException.Usage("--errors hac takes each row once, in the order of time, and rows with a "
                + "frequency stand for several; leave out one of the two.");
        }

        if (errors.Lags >= fit.Rows)
        {
            throw CommandException.Usage(FormattableString.Invariant(
                $"--errors hac:{errors.Lags} reaches over all {fit.Rows} rows, expected fewer lags than rows."));
        }
    }
}
