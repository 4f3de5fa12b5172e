namespace Plumb.Cli;

/// <summary>The intervals that predictions are to have.</summary>
/// <param name="Kind">What they are for.</param>
/// <param name="Settings">Their level, and whether all hold at once.</param>
internal sealed record AskedIntervals(IntervalKind Kind, PredictionInterval Settings)
{
    /// <summary>Whether the number of predictions has to be known before the first interval.</summary>
    public bool DependOnCount => Settings.Simultaneous == SimultaneousMethod.Bonferroni
        || (Settings.Simultaneous == SimultaneousMethod.Scheffe && Kind == IntervalKind.New);

    /// <summary>Refuses a model that does not know how far its predictions may be off.</summary>
    /// <exception cref="CommandException">It does not know.</exception>
    public static void Require(AffineModel model, string path)
    {
        const int MostInputs = 200;
        if (model.Errors is not null)
        {
            return;
        }

        var why = model.Provenance switch
        {
            { Ridge: > 0 } => "it was fitted with a ridge penalty, which leaves no standard errors",
            { By: not "least squares" and var method } => $"it was made by {method}, and only a least-squares fit has "
                + "standard errors",
            _ when model.Map.InputCount > MostInputs =>
                $"with more than {MostInputs} inputs that is not kept",
            _ => "it holds no standard errors: it is of an older version, of another program, or of as few rows as "
                + "parameters",
        };
        throw CommandException.NoHonestAnswer($"{path}: does not say how far its predictions may be off, as {why}; "
            + "fit a model with 'plumb fit -o model.json', or leave out --interval.");
    }
}
