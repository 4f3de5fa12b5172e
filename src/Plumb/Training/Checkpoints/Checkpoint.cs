using System.Text;

namespace Plumb.Training;

/// <summary>
/// Everything that training needs to continue to the same bits as if it had never stopped: where it stands, and of what
/// settings and data.
/// </summary>
/// <param name="Settings">The settings, by name; of the data and the start, fingerprints.</param>
/// <param name="Steps">The steps taken.</param>
public sealed record Checkpoint(IReadOnlyList<KeyValuePair<string, string>> Settings, long Steps)
{
    /// <summary>The settings, by name; of the data and the start, fingerprints.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init => field = ValueList.Of(value); } =
        ValueList.Of(Settings);

    internal const string DataSetting = "data";
    internal const string StartSetting = "start";

    /// <summary>The numbers: parameters, what the optimizer remembers, and what callers add.</summary>
    public IReadOnlyList<CheckpointPart> Parts { get; init => field = ValueList.Of(value); } =
        ValueList<CheckpointPart>.Empty;

    /// <summary>The same with more numbers.</summary>
    public Checkpoint With(string name, ReadOnlySpan<double> numbers) =>
        this with { Parts = [.. Parts, new CheckpointPart(name, numbers.ToArray())] };

    /// <summary>The numbers of this name; null where there are none.</summary>
    public double[]? Find(string name) => Parts.FirstOrDefault(part => part.Name == name)?.Numbers;

    /// <summary>Writes these, with a checksum.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckpointFile.Write(stream, this);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">The bytes; read to their end.</param>
    /// <param name="name">What messages call them.</param>
    /// <exception cref="InvalidDataException">It is no checkpoint, of a newer version, or damaged, such as cut
    /// short.</exception>
    public static Checkpoint Load(Stream stream, string name = "checkpoint")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return CheckpointFile.Read(stream, name);
    }

    /// <summary>
    /// What other settings and other data this was made with, in words; null where they are the same.
    /// </summary>
    /// <param name="settings">The settings to compare with.</param>
    internal string? Difference(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        // Other data first: a rate that was taken from their spectrum then differs, too.
        foreach (var (name, value) in settings.OrderByDescending(setting => setting.Key == DataSetting))
        {
            var own = Settings.FirstOrDefault(setting => setting.Key == name).Value ?? "none";
            if (own != value)
            {
                return name switch
                {
                    DataSetting => "it was made with other data",
                    StartSetting => "it was made with another start",
                    _ => $"it was made with {name} {own}, but this training has {name} {value}",
                };
            }
        }

        return null;
    }

    /// <exception cref="ArgumentException">Settings or data differ.</exception>
    internal void Require(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (Difference(settings) is { } difference)
        {
            throw new ArgumentException(
                $"the checkpoint does not belong to this training: {difference}; resume with what it was made with, or "
                    + $"start anew.");
        }
    }

    /// <exception cref="ArgumentException">There are no such numbers, or not as many.</exception>
    internal void CopyTo(string name, Span<double> numbers)
    {
        if (Find(name) is not { } found || found.Length != numbers.Length)
        {
            throw new ArgumentException(
                $"the checkpoint does not belong to this training: it has not the {numbers.Length} numbers of '{name}"
                    + $"'.");
        }

        found.CopyTo(numbers);
    }

    /// <summary>The settings, one per line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FormattableString.Invariant($"checkpoint after {Steps} steps"));
        foreach (var (name, value) in Settings)
        {
            text.Append("; ").Append(name).Append(' ').Append(value);
        }

        return text.ToString();
    }
}
