using System.Globalization;
using System.Threading.Channels;

namespace Plumb;

/// <summary>
/// A second look at the rows of a fit: leverage, Cook's distance, outliers, robust errors, and tests of what least
/// squares takes for
/// granted. Memory does not grow with the rows; all but what concerns their order is the same, bit for bit, in every
/// order, and all of
/// it for any number of threads and any blocks.
/// </summary>
public sealed class RowTests
{
    private const long MostBytes = 1L << 30; // of all threads' sums

    private readonly RowFrame _frame;
    private readonly ChunkJoin _stitch;
    private readonly ClusterSums _clusters;
    private readonly List<RowWorker> _workers = [];
    private readonly bool _inOrder;
    private long _blocks;
    private long _rows; // those of weight 0 not, and others as often as they count

    /// <summary>Tests of the rows of a fit.</summary>
    /// <param name="fit">The fit, without ridge penalty.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <param name="withClouds">Whether rows are gathered for pictures: <see cref="RowReport.Clouds"/>.</param>
    /// <param name="errors">Standard errors to find beside HC3: <see cref="RowReport.AskedErrors"/>. Clustered ones
    /// need <see cref="Dataset.Groups"/>; HAC ones rows in order, which are seen twice to choose the lags.</param>
    /// <exception cref="ArgumentException">The fit has a ridge penalty, or as many rows as there are lags, or lags are
    /// to be chosen, which takes the rows twice.</exception>
    public RowTests(LinearFit fit, bool inOrder = false, bool withClouds = false, ErrorMethod? errors = null)
        : this(fit, inOrder, withClouds,
            errors is not AutocorrelatedErrors { Lags: null } ? errors
                : throw new ArgumentException("the lags are to be chosen from the rows, which takes them twice; "
                    + "give the number of lags, or call OfAsync.", nameof(errors)), lags: null)
    {
    }

    private RowTests(LinearFit fit, bool inOrder, bool withClouds, ErrorMethod? errors, IReadOnlyList<int>? lags)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (errors is AutocorrelatedErrors { Lags: { } given } && given >= fit.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"there are {given} lags for {fit.Rows} rows, expected fewer lags than rows."), nameof(errors));
        }

        if (fit.Settings.Ridge > 0)
        {
            throw new ArgumentException(
                "the fit has a ridge penalty, and these tests are made for fits without one; fit without it.",
                nameof(fit));
        }

        if (errors is BootstrapErrors { Resamples: var replicates } && replicates > BootstrapErrors.MostFor(fit))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"found {replicates} replicates, expected at most {BootstrapErrors.MostFor(fit)}."), nameof(errors));
        }

        (_frame, _inOrder) = (new RowFrame(fit, withClouds, errors, lags), inOrder || errors is AutocorrelatedErrors);
        (_stitch, _clusters) = (new ChunkJoin(_frame), new ClusterSums(_frame));
        _workers.Add(new RowWorker(_frame, _stitch, _clusters));
    }

    /// <summary>Makes all tests, on several threads.</summary>
    /// <param name="fit">The fit, without ridge penalty.</param>
    /// <param name="blocks">The same rows again, with their weights, in their order.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <param name="withClouds">Whether rows are gathered for pictures: <see cref="RowReport.Clouds"/>.</param>
    /// <param name="errors">Standard errors to find beside HC3: <see cref="RowReport.AskedErrors"/>. Clustered ones
    /// need <see cref="Dataset.Groups"/>; HAC ones rows in order, which are seen twice to choose the lags.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows than the fit has, or the fit has a ridge
    /// penalty.</exception>
    public static Task<RowReport> OfAsync(LinearFit fit, IAsyncEnumerable<Dataset> blocks, bool inOrder = false,
        bool withClouds = false, ErrorMethod? errors = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        return OfAsync(fit, blocks, inOrder, withClouds, errors, Environment.ProcessorCount, cancellationToken);
    }

    /// <summary>The same on at most so many threads, which never shows in a result.</summary>
    internal static async Task<RowReport> OfAsync(LinearFit fit, IAsyncEnumerable<Dataset> blocks,
        bool inOrder, bool withClouds, ErrorMethod? errors, int threads, CancellationToken cancellationToken)
    {
        IReadOnlyList<int>? lags = null;
        if (errors is AutocorrelatedErrors { Lags: null })
        {
            var first = new RowTests(fit, inOrder, withClouds: false, errors, lags);
            await first.AddAsync(blocks, threads, cancellationToken).ConfigureAwait(false);
            lags = first.Lags();
        }

        var tests = new RowTests(fit, inOrder, withClouds, errors, lags);
        await tests.AddAsync(blocks, threads, cancellationToken).ConfigureAwait(false);
        return tests.Report();
    }

    /// <summary>Makes all tests of rows that are read in chunks in no order.</summary>
    /// <param name="fit">The fit, without ridge penalty.</param>
    /// <param name="read">Reads the same rows again, as <see cref="RowReader.ReadChunksAsync"/> does, and hands them to
    /// what it is given to make.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <param name="withClouds">Whether rows are gathered for pictures: <see cref="RowReport.Clouds"/>.</param>
    /// <param name="errors">Standard errors to find beside HC3: <see cref="RowReport.AskedErrors"/>. Clustered ones
    /// need <see cref="Dataset.Groups"/>; HAC ones rows in order, which are seen twice to choose the lags.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows than the fit has, or the fit has a ridge
    /// penalty.</exception>
    public static async Task<RowReport> OfChunksAsync(LinearFit fit, Func<Func<Action<long, Dataset?>>, Task> read,
        bool inOrder = false, bool withClouds = false, ErrorMethod? errors = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (errors is BootstrapErrors)
        {
            throw new ArgumentException(
                "a bootstrap counts rows by their numbers, and chunks have none; call OfAsync.", nameof(errors));
        }

        IReadOnlyList<int>? lags = null;
        if (errors is AutocorrelatedErrors { Lags: null })
        {
            var first = new RowTests(fit, inOrder, withClouds: false, errors, lags);
            await read(first.NewConsumer).ConfigureAwait(false);
            lags = first.Lags();
        }

        var tests = new RowTests(fit, inOrder, withClouds, errors, lags);
        await read(tests.NewConsumer).ConfigureAwait(false);
        return tests.Report();
    }

    /// <summary>Looks at rows, which follow those before.</summary>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public void Add(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireShape(rows);
        _workers[0].Add(_blocks, rows, _rows);
        _workers[0].EndChunk(_blocks++);
        _rows += RowsOf(rows);
    }

    /// <summary>What the rows say.</summary>
    /// <exception cref="ArgumentException">There were more or fewer rows than the fit has.</exception>
    public RowReport Report()
    {
        Join();
        return RowSummary.Of(_frame, _workers[0], _stitch, _inOrder);
    }

    private IReadOnlyList<int>? Lags()
    {
        Join();
        _ = _workers[0].Neighbours();
        return SandwichErrors.LagsOf(_frame, _workers[0].Sums.Asked);
    }

    private void Join()
    {
        foreach (var worker in _workers.Skip(1))
        {
            _workers[0].Add(worker);
        }

        _workers.RemoveRange(1, _workers.Count - 1);
        _workers[0].Sums.Asked.End();
        var rows = _workers[0].Sums.Rows;
        if (rows != _frame.Fit.Rows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"there are {rows} rows, but the fit has {_frame.Fit.Rows}"
                    + $"; give the rows that it was made from, each once."));
        }
    }

    private Action<long, Dataset?> NewConsumer()
    {
        var worker = new RowWorker(_frame, _stitch, _clusters);
        lock (_workers)
        {
            _workers.Add(worker);
        }

        return (chunk, block) =>
        {
            if (block is null)
            {
                worker.EndChunk(chunk);
            }
            else
            {
                RequireShape(block);
                worker.Add(chunk, block);
            }
        };
    }

    private async Task AddAsync(IAsyncEnumerable<Dataset> blocks, int threads, CancellationToken cancellationToken)
    {
        var most = (int)Math.Clamp(MostBytes / _frame.BytesAThread, 1, threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel =
            Channel.CreateBounded<(long Number, long Before, Dataset Block)>(
                new BoundedChannelOptions(2 * most) { SingleWriter = true });
        var workers = Enumerable.Range(0, most).Select(k => Task.Run(() => WorkAsync(k), CancellationToken.None))
            .ToArray();
        try
        {
            await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                RequireShape(block);
                await channel.Writer.WriteAsync((_blocks++, _rows, block), stop.Token).ConfigureAwait(false);
                _rows += RowsOf(block);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A worker has failed, and says below why.
        }
        finally
        {
            channel.Writer.Complete();
            await ((Task)Task.WhenAll(workers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(workers).ConfigureAwait(false);

        async Task WorkAsync(int k)
        {
            try
            {
                var worker = k == 0 ? _workers[0] : new RowWorker(_frame, _stitch, _clusters);
                await foreach (var (number, before, block) in channel.Reader.ReadAllAsync(stop.Token)
                    .ConfigureAwait(false))
                {
                    worker.Add(number, block, before);
                    worker.EndChunk(number);
                }

                lock (_workers)
                {
                    if (k > 0)
                    {
                        _workers.Add(worker);
                    }
                }
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static long RowsOf(Dataset block)
    {
        if (block.Weights is not { } weights)
        {
            return block.Rows;
        }

        var rows = 0L;
        foreach (var weight in weights.Values)
        {
            rows += weights.AreFrequencies ? (long)weight : weight > 0 ? 1 : 0;
        }

        return rows;
    }

    private void RequireShape(Dataset rows)
    {
        if (rows.Inputs.Columns != _frame.Names.Inputs.Count || rows.Targets.Columns != _frame.Targets.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {rows.Inputs.Columns} inputs and {rows.Targets.Columns} targets, but the fit has "
                        + $"{_frame.Names.Inputs.Count} and {_frame.Targets.Length}."), nameof(rows));
        }

        if ((rows.Groups?.Columns ?? 0) < _frame.Groupings)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {rows.Groups?.Columns ?? 0} groupings of the rows, but the errors asked for take "
                        + $"{_frame.Groupings}: give Dataset.Groups."), nameof(rows));
        }

        if (_frame.Asked is AutocorrelatedErrors && rows.Weights is { AreFrequencies: true })
        {
            throw new ArgumentException(
                "rows that stand for several have no order, and HAC errors need one; give each row once.",
                nameof(rows));
        }
    }
}
