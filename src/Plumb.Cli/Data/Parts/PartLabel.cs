using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumb.Cli;

/// <summary>What a moments file says of the part that it holds.</summary>
/// <param name="Part">The part.</param>
/// <param name="Whole">Stands for the data and the options that all parts were made of, in hexadecimal.</param>
internal sealed record PartLabel(Part Part, string Whole)
{
    private const int HeadBytes = 1 << 16; // of each file: they tell files apart that have the same name and length
    private const string Word = "part ";
    private const string Of = " of ";

    /// <summary>The label of a part.</summary>
    /// <param name="planned">The part.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="apart">The options that do not matter.</param>
    public static PartLabel For(PlannedPart planned, ParseResult parsed, IReadOnlyCollection<Option> apart)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var option in parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(option => !option.Implicit && !apart.Contains(option.Option))
            .OrderBy(option => option.Option.Name, StringComparer.Ordinal))
        {
            Add($"{option.Option.Name}={string.Join('\0', option.Tokens.Select(token => token.Value))}\n");
        }

        var head = new byte[HeadBytes];
        foreach (var path in planned.Plan.Files)
        {
            using var file = File.OpenRead(path);
            Add(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)} {file.Length}\n"));
            hash.AppendData(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        }

        return new PartLabel(planned.Part, Convert.ToHexStringLower(hash.GetHashAndReset()));

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The label that a piece of moments has; null where it has none.</summary>
    public static PartLabel? TryParse(string label) =>
        label.StartsWith(Word, StringComparison.Ordinal)
            && label.IndexOf(Of, StringComparison.Ordinal) is var of and > 0
            && Part.TryParse(label[Word.Length..of]) is { } part
            ? new PartLabel(part, label[(of + Of.Length)..]) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Word}{Part}{Of}{Whole}";
}
