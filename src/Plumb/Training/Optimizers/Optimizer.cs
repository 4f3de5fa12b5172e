namespace Plumb.Training;

/// <summary>
/// How a gradient becomes a step: a chain of stages, then W -= rate u, b -= rate u. The named ones are PyTorch's, with
/// its defaults.
/// Chains of one's own: <c>new Optimizer("clipped", [new ClipByNorm(1), new Momentum(0.9)])</c>.
/// </summary>
/// <param name="Name">A short name.</param>
/// <param name="Stages">The stages, in the order in which they change the gradient.</param>
public sealed record Optimizer(string Name, IReadOnlyList<Stage> Stages)
{
    /// <summary>The stages, in the order in which they change the gradient.</summary>
    public IReadOnlyList<Stage> Stages { get; init => field = ValueList.Of(value); } = ValueList.Of(Stages);

    /// <summary>The gradient itself.</summary>
    public static Optimizer Sgd { get; } = new("sgd", []);

    /// <summary>All named ones, with their defaults.</summary>
    public static IReadOnlyList<Optimizer> All { get; } = [Sgd, Momentum(), Nesterov(), Adam(), AdamW(), RmsProp(),
        AdaGrad()];

    /// <summary>
    /// Whether no step ever leaves the directions that the data determine: true of sgd, momentum and nesterov, clipped
    /// or not.
    /// </summary>
    public bool PreservesNullSpace => Stages.All(stage => stage.PreservesNullSpace);

    /// <summary>Momentum: Polyak's heavy ball.</summary>
    public static Optimizer Momentum(double factor = 0.9) => new("momentum", [new Momentum(factor)]);

    /// <summary>Momentum with Nesterov's look ahead.</summary>
    public static Optimizer Nesterov(double factor = 0.9) =>
        new("nesterov", [new Momentum(factor) { Nesterov = true }]);

    /// <summary>Adam.</summary>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new("adam", [new AdamScaling(beta1, beta2, epsilon)]);

    /// <summary>Adam with decoupled weight decay.</summary>
    public static Optimizer AdamW(double decay = 0.01, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8) => new("adamw", [new AdamScaling(beta1, beta2, epsilon), new WeightDecay(decay)]);

    /// <summary>RMSProp.</summary>
    public static Optimizer RmsProp(double alpha = 0.99, double epsilon = 1e-8) =>
        new("rmsprop", [new RmsScaling(alpha, epsilon)]);

    /// <summary>AdaGrad.</summary>
    public static Optimizer AdaGrad(double epsilon = 1e-10) => new("adagrad", [new AdaGradScaling(epsilon)]);

    /// <summary>The same with a stage before all others.</summary>
    public Optimizer After(Stage stage) => this with { Stages = [stage, .. Stages] };

    /// <summary>The name, and the stages with their settings.</summary>
    public override string ToString()
    {
        var stages = string.Join(", ", Stages.Select(stage => stage.Text));
        return Stages.Count == 0 ? Name : Stages.Count == 1 && stages.StartsWith(Name + "(", StringComparison.Ordinal)
            ? stages : $"{Name}: {stages}";
    }
}
