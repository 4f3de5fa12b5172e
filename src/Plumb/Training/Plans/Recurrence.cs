using Plumb.Numerics;

namespace Plumb.Training;

/// <summary>
/// What full-batch steps do to the error along a direction of eigenvalue e, with x = rate e, as PyTorch defines
/// momentum:
/// [error; rate velocity] is multiplied by [[1 - x, -m], [x, m]] each step, or with Nesterov's look ahead by [[1 - x (1
/// + m), -m^2], [x, m]].
/// Plain gradient descent is m = 0. Polyak, Introduction to Optimization, section 3.2.1.
/// </summary>
/// <param name="Momentum">m; at least 0, below 1.</param>
/// <param name="Nesterov">Whether to look ahead.</param>
internal readonly record struct Recurrence(double Momentum, bool Nesterov)
{
    /// <summary>The least x that does not converge, where the negative root passes -1.</summary>
    public double StableBound => 2 * (1 + Momentum) / (Nesterov ? 1 + 2 * Momentum : 1);

    /// <summary>The least x that shrinks the error fastest.</summary>
    public double Fastest => Nesterov ? 1 : Math.Pow(1 - Math.Sqrt(Momentum), 2);

    /// <summary>The recurrence of an optimizer at a steady rate; null where there is none.</summary>
    public static Recurrence? Of(Optimizer optimizer) => optimizer.Stages switch
    {
        [] => new Recurrence(0, false),
        [Momentum stage] => new Recurrence(stage.Factor, stage.Nesterov),
        _ => null,
    };

    /// <summary>
    /// The logarithm of the factor that a step leaves of the error in the long run, to full accuracy where x is small.
    /// </summary>
    public double LogFactor(double x)
    {
        if (Momentum == 0)
        {
            return LogRest(x);
        }

        // The roots are 1 - z with z^2 - b z + x = 0.
        var b = 1 - Momentum + (Nesterov ? (1 + Momentum) * x : x);
        var discriminant = b * b - 4 * x;
        if (discriminant < 0)
        {
            return Math.Log(Nesterov ? Momentum * (1 - x) : Momentum) / 2;
        }

        var larger = (b + Math.Sqrt(discriminant)) / 2;
        return Math.Max(LogRest(x / larger), LogRest(larger));
    }

    /// <summary>What is left of an error of 1 after so many steps from rest; beyond all bounds, NaN.</summary>
    public double After(double x, double steps)
    {
        if (Momentum == 0)
        {
            var size = steps > 0 ? Math.Exp(steps * LogRest(x)) : 1;
            return x > 1 && steps % 2 == 1 ? -size : size;
        }

        if (steps > long.MaxValue / 2)
        {
            return Math.Exp(steps * LogFactor(x)); // what happened at first no longer shows
        }

        // Whole powers by repeated squaring, in double-double: 63 squarings leave 20 digits or more.
        var (m, rate) = ((DoubleDouble)Momentum, (DoubleDouble)x);
        var step = Nesterov ? new Power(1 - rate * (1 + m), -m * m, rate, m) : new Power(1 - rate, -m, rate, m);
        var power = new Power(1, 0, 0, 1);
        for (var rest = (long)steps; rest > 0; rest >>= 1)
        {
            power = (rest & 1) == 1 ? power.Times(step) : power;
            step = step.Times(step);
        }

        return power.A.High;
    }

    /// <summary>log |1 - x|, to full accuracy for small x, where 1 - x has lost it.</summary>
    private static double LogRest(double x)
    {
        var rest = 1 - x;
        // Higham, Accuracy and Stability, section 1.14.1.
        return rest == 1 ? -x : x < 0.5 ? Math.Log(rest) * (x / (1 - rest)) : Math.Log(Math.Abs(rest));
    }

    /// <summary>[[A, B], [C, D]].</summary>
    private readonly record struct Power(DoubleDouble A, DoubleDouble B, DoubleDouble C, DoubleDouble D)
    {
        public Power Times(Power other) => new(
            A * other.A + B * other.C,
            A * other.B + B * other.D,
            C * other.A + D * other.C,
            C * other.B + D * other.D);
    }
}
