namespace Plumb.Cli;

/// <summary>What a column that weighs rows holds.</summary>
internal enum WeightKind
{
    /// <summary>The inverse of the noise's variance, up to a factor.</summary>
    Precision,

    /// <summary>How often the row was seen.</summary>
    Frequency,

    /// <summary>The standard error of the row's target: the root of the noise's variance.</summary>
    StandardError,
}
