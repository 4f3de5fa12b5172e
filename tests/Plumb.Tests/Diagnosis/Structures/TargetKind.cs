namespace Plumb.Tests.Structures;

/// <summary>What a target of a random problem is.</summary>
internal enum TargetKind
{
    /// <summary>Affine in the inputs, with noise.</summary>
    Noisy,

    /// <summary>Affine in the inputs, but for rounding.</summary>
    Affine,

    /// <summary>Noise alone.</summary>
    Noise,

    /// <summary>A number on every row.</summary>
    Constant,

    /// <summary>0 on every row.</summary>
    Zero,
}
