using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of every command whose rows may be weighed.</summary>
internal sealed class WeightOptions
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

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_weights);
        command.Add(_frequencies);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_weights) is not null && result.GetValue(_frequencies) is not null)
            {
                result.AddError("give either --weight or --frequency");
            }
        });
    }

    /// <summary>The column that the options name, if any.</summary>
    public WeightColumn? Column(ParseResult parsed) =>
        parsed.GetValue(_weights) is { } weights ? new WeightColumn(weights, CountsRows: false)
        : parsed.GetValue(_frequencies) is { } frequencies ? new WeightColumn(frequencies, CountsRows: true)
        : null;
}
