namespace Plumb;

/// <content>What is said of points to measure, tests, predictions and models written.</content>
public static partial class FindingCodes
{
    /// <summary>The file of candidates holds fewer points than were asked for.</summary>
    public const string CandidatesUsedUp = "candidates-used-up";

    /// <summary>None of these points would determine what the data leave undetermined.</summary>
    public const string CandidatesLeaveOpen = "candidates-leave-open";

    /// <summary>The data do not determine what is tested.</summary>
    public const string UndeterminedHypothesis = "undetermined-hypothesis";

    /// <summary>Rows need weights that the data left undetermined.</summary>
    public const string UndeterminedPrediction = "undetermined-prediction";

    /// <summary>
    /// These rows are farther out than every row that the model was fitted to, in the units of the data's own spread.
    /// </summary>
    public const string OutsideData = "outside-data";

    /// <summary>Findings of the fit speak against the intervals of its predictions.</summary>
    public const string IntervalDoubtful = "interval-doubtful";

    /// <summary>A model keeps classical errors for intervals, whatever errors were asked for.</summary>
    public const string IntervalsClassical = "intervals-classical";

    /// <summary>How far out the rows of the fit lay is not known, so nor whether these lie farther.</summary>
    public const string LeverageNotKnown = "leverage-not-known";

    /// <summary>A row without a value has no prediction.</summary>
    public const string MissingValues = "missing-values";

    /// <summary>These rows differ from those that the model was learned from, or its form does not fit them.</summary>
    public const string BiasedPredictions = "biased-predictions";

    /// <summary>Sums of squares are known, but sums of absolute values need the rows.</summary>
    public const string NoAbsoluteError = "no-absolute-error";

    /// <summary>Only Plumb's JSON holds what the data leave undetermined.</summary>
    public const string KnowledgeLost = "knowledge-lost";

    /// <summary>The model was written in single precision, as was asked for.</summary>
    public const string SinglePrecision = "single-precision";
}
