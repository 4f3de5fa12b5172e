namespace Plumb.Studio;

/// <summary>What is trained on, in the data's own units or with standardized inputs, as 'plumb train' has it.</summary>
internal sealed class TrainingGround
{
    private readonly Standardization? _scaling;

    /// <summary>The ground of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="start">Where training starts, in the data's units.</param>
    /// <param name="isStandardized">Whether inputs are standardized.</param>
    public TrainingGround(LinearFit fit, AffineMap start, bool isStandardized)
    {
        var settings = new LeastSquares { Bias = fit.Settings.Bias };
        _scaling = isStandardized ? Standardization.Of(fit.Moments, settings.Bias) : null;
        Fit = settings.Fit(_scaling?.Apply(fit.Moments) ?? fit.Moments);
        Start = _scaling?.Apply(start) ?? start;
        Limit = Fit.ClosestTo(Start);
        Plan = new LearningPlan(Fit.Spectrum, Loss, fit.Rows, fit.Names.Targets.Count);
    }

    /// <summary>The loss, as 'plumb train' has it unless told otherwise.</summary>
    public static Loss Loss => Loss.Mse;

    /// <summary>The best fit, in these units.</summary>
    public LinearFit Fit { get; }

    /// <summary>Where training starts.</summary>
    public AffineMap Start { get; }

    /// <summary>Where it goes.</summary>
    public AffineMap Limit { get; }

    /// <summary>What the spectrum says of the way.</summary>
    public LearningPlan Plan { get; }

    /// <summary>A map in the units of the data.</summary>
    public AffineMap InUnits(AffineMap map) => _scaling?.Fold(map) ?? map;
}
