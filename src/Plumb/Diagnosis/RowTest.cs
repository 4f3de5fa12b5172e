namespace Plumb;

/// <summary>A test of what a fit takes for granted, from its residuals.</summary>
/// <param name="Code">A short, stable name: reset, breusch-pagan, lack-of-fit, durbin-watson.</param>
/// <param name="Name">What the field calls it.</param>
/// <param name="Target">The target.</param>
/// <param name="Statistic">Its value.</param>
/// <param name="Freedom">The degrees of freedom: of the numerator and denominator of F, of chi-squared, or none.</param>
/// <param name="PValue">How probable a value at least as extreme would be, were nothing wrong.</param>
public sealed record RowTest(string Code, string Name, string Target, double Statistic, IReadOnlyList<long> Freedom, double PValue);
