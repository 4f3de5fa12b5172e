using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The standard deviations of the noise that inputs were measured with, as in x1=0.1,x2=0.05.</summary>
internal sealed class NoiseOption
{
    private readonly Option<string[]> _noise = new("--input-noise")
    {
        Description = "Standard deviation of the noise that an input was measured with, as in x1=0.1; repeat the "
            + "option, "
            + "or separate with commas. Reports how far that noise shrinks the weights, and the corrected fit",
        HelpName = "NAME=NUMBER",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Gives a command this option.</summary>
    public void AddTo(Command command) => command.Add(_noise);

    /// <summary>The fit of the data with this noise taken out; null where the option is not given.</summary>
    /// <exception cref="CommandException">The option is not of this form, names what is no input, or the noise leaves
    /// nothing to fit.</exception>
    public CorrectedFit? Correct(ParseResult parsed, LoadedData data, bool bias)
    {
        var assignments = NamedNumbers.Parse("--input-noise", parsed.GetValue(_noise) ?? [], "x1=0.1");
        if (assignments.Count == 0)
        {
            return null;
        }

        if (!data.Design.IsPlain)
        {
            throw CommandException.Usage(
                "--input-noise works on inputs that are columns, not on powers of columns; leave the powers out.");
        }

        var moments = data.Moments;
        var noise = new double[moments.InputCount];
        foreach (var (name, text) in assignments)
        {
            var place = moments.Names.Inputs.ToList().IndexOf(name);
            if (place < 0)
            {
                var suggestion = Spelling.Suggestion(name, moments.Names.Inputs);
                throw CommandException.Usage(
                    $"--input-noise names '{name}', which is no input"
                        + (suggestion.Length > 0 ? suggestion
                            : $" (the inputs: {Names.List(moments.Names.Inputs)}); name one of these."));
            }

            noise[place] = Options.TryReal(text) is { } value && value >= 0
                ? value
                : throw CommandException.Usage($"--input-noise holds '{name}={text}', expected a standard deviation of "
                    + $"0 or more, such as {name}=0.1.");
        }

        return new ErrorsInVariables(noise) { Bias = bias }.Fit(moments);
    }
}
