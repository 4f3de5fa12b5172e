namespace Plumb.Fitting;

/// <summary>A statistic of several targets at once, with F's approximation to it.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Value">The statistic.</param>
/// <param name="F">What it is compared with F as.</param>
/// <param name="NumeratorDegreesOfFreedom">Of F.</param>
/// <param name="DenominatorDegreesOfFreedom">Of F; need not be whole.</param>
/// <param name="PValue">The upper tail. Of Roy's it is a lower bound; those of the others are exact for one equation,
/// and of Wilks's also for two, or for two targets.</param>
public sealed record MultivariateStatistic(string Name, double Value, double F, double NumeratorDegreesOfFreedom,
    double DenominatorDegreesOfFreedom, double PValue);
