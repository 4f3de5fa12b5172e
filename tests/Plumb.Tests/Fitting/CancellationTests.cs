namespace Plumb.Tests;

/// <summary>Long work ends when it is asked to, wherever it is; and can be asked for again.</summary>
public sealed class CancellationTests
{
    private const int Inputs = 2000;
    private const double Early = 0.1; // seconds: no such work is done by then

    private static readonly Lazy<Moments> s_moments = new(() =>
    {
        var random = new RandomSource(1);
        var moments = new Moments(Inputs, 1);
        moments.Add(new Dataset(Matrix.Create(Inputs + 60, Inputs, (_, _) => random.NextIndex(1024) - 512),
            Matrix.Create(Inputs + 60, 1, (_, _) => random.NextIndex(4096))));
        return moments;
    });

    private static readonly Lazy<LinearFit> s_fit = new(() => new LeastSquares().Fit(s_moments.Value));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.8)]
    public void Fit_ends_when_asked(double after) =>
        Ends(after, token => new LeastSquares().Fit(s_moments.Value, token));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Spectrum_ends_when_asked(double after) => Ends(after, token => s_fit.Value.GetSpectrum(token));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(3.0)]
    public void Proposal_ends_when_asked(double after)
    {
        var box = new CandidatePoints.Box(new double[Inputs], [.. Enumerable.Repeat(1.0, Inputs)]);
        Ends(after, token =>
            new Experiment(new ExperimentGoal.MeanVariance()).Propose(s_moments.Value, box, cancellationToken: token));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    [InlineData(2.0)]
    public void Explanation_ends_when_asked(double after)
    {
        var map = AffineMap.Random(Inputs, 1, new RandomSource(2));
        Ends(after, token => Explanation.Of(map, s_moments.Value, cancellationToken: token));
    }

    [Fact]
    public void What_was_ended_can_be_asked_for_again()
    {
        var random = new RandomSource(3);
        var moments = new Moments(200, 1);
        moments.Add(new Dataset(Matrix.Create(300, 200, (_, _) => random.NextDouble()),
            Matrix.Create(300, 1, (_, _) => random.NextDouble())));
        var fit = new LeastSquares().Fit(moments, CancellationToken.None);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => fit.GetSpectrum(source.Token));
        Assert.Throws<OperationCanceledException>(() => new LeastSquares().Fit(moments, source.Token));
        Assert.Equal(200 + 1, fit.Spectrum.Eigenvalues.Count);
        Assert.Same(fit.Spectrum, fit.GetSpectrum(CancellationToken.None));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void Moments_of_no_column_are_refused(int inputs, int targets) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Moments(inputs, targets));

    /// <summary>Ends work after so many seconds, from a thread that the work does not take.</summary>
    private static void Ends(double after, Func<CancellationToken, object> work)
    {
        _ = s_fit.Value;
        using var source = new CancellationTokenSource();
        using var isDone = new ManualResetEventSlim();
        var isEnded = false;
        var thread = new Thread(() =>
        {
            if (!isDone.Wait(TimeSpan.FromSeconds(after)))
            {
                source.Cancel();
            }
        });
        thread.Start();
        try
        {
            work(source.Token);
        }
        catch (OperationCanceledException)
        {
            isEnded = true;
        }

        isDone.Set();
        thread.Join();
        Assert.True(isEnded || after > Early, "it was not ended");
    }
}
