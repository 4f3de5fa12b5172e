namespace Plumb.Cli;

/// <summary>Values of options such as x1=0.1,x2=0:1: names with what belongs to them.</summary>
internal static class NamedNumbers
{
    /// <summary>Each name with its text, in their order.</summary>
    /// <exception cref="CommandException">A part has no name or no value, or a name is given twice.</exception>
    public static IReadOnlyList<(string Name, string Text)> Parse(string option, IReadOnlyList<string> values,
        string example)
    {
        var found = new List<(string Name, string Text)>();
        foreach (var part in values.SelectMany(value => value.Split(',')))
        {
            var sign = part.LastIndexOf('=');
            if (sign < 1 || sign == part.Length - 1)
            {
                throw CommandException.Usage(
                    $"{option} holds '{part}', expected a name and its value, as in {example}.");
            }

            var name = part[..sign].Trim();
            if (found.Any(other => other.Name == name))
            {
                throw CommandException.Usage($"{option} names '{name}' twice; name each once.");
            }

            found.Add((name, part[(sign + 1)..].Trim()));
        }

        return found;
    }
}
