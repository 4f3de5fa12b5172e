using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of every command whose rows may be weighed.</summary>
/// <param name="takesErrors">Whether the command can do with noise that is known.</param>
internal sealed class WeightOptions(bool takesErrors = false)
{
    private readonly Option<string?> _weights =
        new("--weight")
        {
            Description = "Column of weights that say how precise each row is: the inverse of its noise's "
            + "variance, up to a factor",
            HelpName = "NAME"
        };
    private readonly Option<string?> _frequencies =
        new("--frequency")
        {
            Description = "Column of frequencies that say how often each row was seen: a row counts as if "
            + "repeated",
            HelpName = "NAME"
        };

    private readonly Option<string?> _errors = new("--sigma")
    {
        Description = "Column of known standard errors of each row's target: weights are 1/sigma^2, no noise is "
            + "estimated, and chi-squared tests the fit",
        HelpName = "NAME",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_weights);
        command.Add(_frequencies);
        if (takesErrors)
        {
            command.Add(_errors);
        }

        command.Validators.Add(result =>
        {
            var given = new[] { _weights, _frequencies, _errors }.Count(option => result.GetResult(option) is not null);
            if (given > 1)
            {
                result.AddError("give " + (takesErrors ? "one of --weight, --frequency and --sigma"
                    : "either --weight or --frequency"));
            }
        });
    }

    /// <summary>Whether the noise of each row is known.</summary>
    public bool AreErrorsKnown(ParseResult parsed) => takesErrors && parsed.GetValue(_errors) is not null;

    /// <summary>The column that the options name, if any.</summary>
    public WeightColumn? Column(ParseResult parsed) =>
        parsed.GetValue(_weights) is { } weights ? new WeightColumn(weights, WeightKind.Precision)
        : parsed.GetValue(_frequencies) is { } frequencies ? new WeightColumn(frequencies, WeightKind.Frequency)
        : takesErrors && parsed.GetValue(_errors) is { } errors ? new WeightColumn(errors, WeightKind.StandardError)
        : null;
}
