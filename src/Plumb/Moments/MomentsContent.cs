namespace Plumb;

/// <summary>What a moments file holds.</summary>
/// <param name="Columns">The names, and which inputs are squares of others.</param>
/// <param name="Design">What the inputs are made of, where that is kept; otherwise the same.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Sums">The sums.</param>
/// <param name="Parts">The pieces that it was merged from; itself, where it tells of none.</param>
internal sealed record MomentsContent(Design Columns, Design Design, long Rows, DecimalGram Sums,
    MomentsParts Parts);
