using System.Globalization;

namespace Plumb.Cli;

/// <summary>Parts that are merged: whether each is there, and none of other data.</summary>
internal sealed class PartSet
{
    private const int MostNamed = 10;

    private readonly Dictionary<int, string> _holders = []; // the file that holds each part
    private readonly List<string> _others = []; // files that hold rows of no part
    private (PartLabel Label, string File)? _first;

    /// <summary>Whether there are parts, and all of them.</summary>
    public bool IsComplete => _first is { } first && _holders.Count == first.Label.Part.Count && _others.Count == 0;

    /// <summary>Notes the parts that a file holds.</summary>
    /// <exception cref="CommandException">One of them is there already, or is of other data.</exception>
    public void Add(string file, IEnumerable<MomentsPart> parts)
    {
        foreach (var part in parts)
        {
            if (PartLabel.TryParse(part.Label) is not { } label)
            {
                _others.Add(file);
                continue;
            }

            _first ??= (label, file);
            var (first, holder) = _first.Value;
            if (label.Part.Count != first.Part.Count || label.Whole != first.Whole)
            {
                throw CommandException.DataRefused(label.Part.Count != first.Part.Count
                    ? $"{file}: holds part {label.Part}, and {holder} part {first.Part}: they were cut differently; "
                        + "merge parts of one plan."
                    : $"{file}: holds part {label.Part} of other files, or made with other options, than part "
                        + $"{first.Part} in {holder}; make all parts by the same command.");
            }

            if (!_holders.TryAdd(label.Part.Number, file))
            {
                throw CommandException.DataRefused($"{file}: holds part {label.Part}, which "
                    + $"{_holders[label.Part.Number]} holds too; merge each part once.");
            }
        }
    }

    /// <summary>That rows are missing, for who reads what is there; null where none are.</summary>
    public Finding? ToFinding()
    {
        if (_first is not { } first || Missing() is not { Length: > 0 } missing)
        {
            return null;
        }

        var count = first.Label.Part.Count;
        return new Finding(
            Severity.Warning,
            "parts-missing",
            FormattableString.Invariant($"These are not all rows: {first.File} holds ")
                + (_holders.Count == 1 ? FormattableString.Invariant($"part {_holders.Keys.Single()} of {count}.")
                    : FormattableString.Invariant($"{_holders.Count} of {count} parts.")),
            "Merge all parts: plumb merge \"parts/*.moments\" -o all.moments.");
    }

    /// <summary>Refuses parts that are not all there.</summary>
    /// <exception cref="CommandException">Some are missing.</exception>
    public void RequireComplete()
    {
        if (_first is not { } first || IsComplete)
        {
            return;
        }

        var (count, missing) = (first.Label.Part.Count, Missing());
        throw CommandException.DataRefused(missing.Length == 0
            ? $"{_others[0]}: holds rows of no part, beside the {count} parts of a whole; merge them apart, or say "
                + "--incomplete."
            : string.Create(CultureInfo.InvariantCulture,
                $"{missing.Length} of {count} parts {(missing.Length == 1 ? "is" : "are")} missing: "
                    + $"{string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", .." : "")}; make "
                    + $"them, or say --incomplete to merge without them."));
    }

    private int[] Missing() => _first is not { } first ? []
        : [.. Enumerable.Range(1, first.Label.Part.Count).Where(number => !_holders.ContainsKey(number))];
}
