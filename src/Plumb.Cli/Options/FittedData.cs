namespace Plumb.Cli;

/// <summary>A fit and the data that it was made from.</summary>
/// <param name="Data">The data.</param>
/// <param name="Document">What there is to say of the fit.</param>
internal sealed record FittedData(LoadedData Data, FitDocument Document);
