namespace Plumb;

/// <summary>One way to undo a slip.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Text">What is done, after "the map fits once".</param>
/// <param name="Map">The map as it may have been meant.</param>
internal sealed record Repair(string Code, string Text, AffineMap Map);
