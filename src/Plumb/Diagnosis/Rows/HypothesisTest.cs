namespace Plumb;

/// <summary>A test of what a fit takes for granted, or of a truth that is claimed.</summary>
/// <param name="Code">A short, stable name: reset, breusch-pagan, lack-of-fit, durbin-watson, noise.</param>
/// <param name="Name">What the field calls it.</param>
/// <param name="Target">The target.</param>
/// <param name="Statistic">Its value.</param>
/// <param name="Freedom">The degrees of freedom: of the numerator and denominator of F, of chi-squared, or none.</param>
/// <param name="PValue">How probable a value at least as extreme would be, were nothing wrong.</param>
public sealed record HypothesisTest(string Code, string Name, string Target, double Statistic, IReadOnlyList<long> Freedom, double PValue);
