namespace Plumb.Tests.Origins;

/// <summary>A map as another program may have made it, with what a true account says of it.</summary>
/// <param name="Map">The map.</param>
/// <param name="Code">The origin's code; empty where none may be named.</param>
/// <param name="Parameter">Its first parameter; NaN where it has none.</param>
internal sealed record ForeignMap(AffineMap Map, string Code, double Parameter);
