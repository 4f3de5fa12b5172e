namespace Plumb.Cli.Training;

/// <summary>How the command line trains.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Optimizer">The chain of stages; null for line searches.</param>
/// <param name="Schedule">How the rate changes.</param>
/// <param name="LearningRate">The rate; null for the best one.</param>
internal sealed record TrainingMethod(string Name, Optimizer? Optimizer, Schedule Schedule, double? LearningRate)
{
    public const string ConjugateGradients = "cg";
    public const string QuasiNewton = "lbfgs";

    public static IReadOnlyList<string> LineSearches { get; } = [ConjugateGradients, QuasiNewton];

    /// <summary>In words, for headings.</summary>
    public string Title => Name switch
    {
        ConjugateGradients => "Conjugate gradients",
        QuasiNewton => "L-BFGS",
        "sgd" when Optimizer!.Stages.Count == 0 => "Gradient descent",
        _ => "Gradient descent by " + (Optimizer.All.Contains(Optimizer) ? Name : Optimizer),
    };

    /// <summary>Whether no step moves along directions that the data do not determine.</summary>
    public bool PreservesNullSpace => Optimizer?.PreservesNullSpace ?? true;

    /// <summary>Whether what is made small is not the loss alone.</summary>
    public bool HasPenalty => Decay > 0;

    /// <summary>The multiple of the parameters that each step subtracts, times the rate.</summary>
    public double Decay => Optimizer?.Stages.OfType<WeightDecay>().Sum(stage => stage.Factor) ?? 0;

    /// <summary>What of the chain the spectrum decides about: sgd, momentum or nesterov; null for others.</summary>
    public Optimizer? Linear =>
        Optimizer is { } chain
            && chain.Stages.Where(stage => stage is not (ClipByNorm or WeightDecay)).ToArray() is var rest
            && rest.All(stage => stage is Momentum) && rest.Length <= 1
            ? new Optimizer(chain.Name, rest)
            : null;
}
