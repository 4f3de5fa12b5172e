namespace Plumb.Designs;

/// <summary>What the numbers of a column stand for, where its cells are not numbers or not meant as such.</summary>
public abstract record ColumnMeaning
{
    private ColumnMeaning()
    {
    }

    /// <summary>Levels: the numbers are their places in the list, from 0.</summary>
    /// <param name="Names">The levels, all different.</param>
    /// <param name="Coding">How they become inputs.</param>
    /// <param name="Reference">The level that the others are compared with; null where the coding has none.</param>
    public sealed record Category(IReadOnlyList<string> Names, Coding Coding, string? Reference) : ColumnMeaning
    {
        /// <summary>The levels' names; their places are their codes.</summary>
        public IReadOnlyList<string> Names { get; init => field = ValueList.Of(value); } = ValueList.Of(Names);

        /// <summary>Whether the levels are numbers as a file has them, so that 4 and 4.0 are one.</summary>
        public bool OfNumbers { get; init; }

        /// <summary>Whether the inputs' names say what levels are compared with, so that no others bear them.</summary>
        public bool NamesReference { get; init; }

        /// <summary>The inputs that the levels become.</summary>
        public IReadOnlyList<Contrast> Contrasts() => Contrasts(Coding);

        /// <summary>The inputs that the levels become with a coding.</summary>
        /// <param name="coding">The coding.</param>
        public IReadOnlyList<Contrast> Contrasts(Coding coding)
        {
            var count = Names.Count;
            var reference = Reference is { } name ? Names.ToList().IndexOf(name) : -1;
            Contrast Of(int level, Func<int, double> value) =>
                new(Names[level] + (!NamesReference || coding == Coding.Full || Reference is null ? ""
                    : (coding == Coding.Sum ? "/-" : "/") + Reference), [.. Enumerable.Range(0, count).Select(value)]);
            return coding switch
            {
                Coding.Full =>
                    [.. Enumerable.Range(0, count).Select(level => Of(level, own => own == level ? 1 : 0))],
                Coding.Helmert =>
                    [.. Enumerable.Range(1, Math.Max(0, count - 1))
                        .Select(level => Of(level, own => own < level ? -1 : own == level ? level : 0))],
                _ =>
                    [.. Enumerable.Range(0, count).Where(level => level != reference)
                        .Select(level => Of(level, own => own == level ? 1
                            : own == reference && coding == Coding.Sum ? -1 : 0))],
            };
        }

        /// <inheritdoc/>
        public bool Equals(Category? other) => other is not null && Names.Equals(other.Names)
            && (Coding, Reference, OfNumbers) == (other.Coding, other.Reference, other.OfNumbers);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Names.Count, Coding, Reference);
    }

    /// <summary>Truth values: 1 and 0.</summary>
    public sealed record Truth : ColumnMeaning;

    /// <summary>Dates and times: the numbers are how long after the origin they are.</summary>
    /// <param name="Beginning">The date that is 0, as in 2026-11-29.</param>
    /// <param name="Unit">What the numbers count: days, hours, ...</param>
    public sealed record Time(string Beginning, string Unit) : ColumnMeaning
    {
        /// <summary>What comes first in 1/2/2026, dmy or mdy; null where that was not told.</summary>
        public string? Order { get; init; }
    }
}
