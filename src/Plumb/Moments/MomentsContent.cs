using Plumb.Numerics;

namespace Plumb;

/// <summary>What a moments file holds.</summary>
/// <param name="Design">The names, and which inputs are squares of others.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Decimals">Those of the finest decimal.</param>
/// <param name="Gram">The sums.</param>
internal sealed record MomentsContent(Design Design, long Rows, int Decimals, ExactGram Gram);
