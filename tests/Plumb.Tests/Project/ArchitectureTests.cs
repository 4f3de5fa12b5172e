using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>The rooms of the library and the arrows between them, as ARCHITECTURE.md draws them.</summary>
public sealed partial class ArchitectureTests
{
    // Each room and the rooms whose types it may use.
    private static readonly Dictionary<string, string[]> s_rooms = new()
    {
        ["Numerics"] = [],
        ["Model"] = ["Numerics"],
        ["Moments"] = ["Model", "Numerics"],
        ["Fitting"] = ["Moments", "Model", "Numerics"],
        ["Training"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Diagnosis"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Experiments"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Formats"] = ["Model", "Numerics"],
    };

    [Fact]
    public void Rooms_use_only_rooms_below_them()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Plumb"), "*.cs",
            SearchOption.AllDirectories);
        var roomOfType = files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), RoomOf);
        Assert.Equal(s_rooms.Keys.Order(), roomOfType.Values.Distinct().Order());
        var upward = from file in files
                     from word in Word().Matches(Comments().Replace(File.ReadAllText(file), ""))
                         .Select(match => match.Value).Distinct()
                     where roomOfType.ContainsKey(word) && roomOfType[word] != RoomOf(file)
                         && !s_rooms[RoomOf(file)].Contains(roomOfType[word])
                     select $"{RoomOf(file)}/{Path.GetFileName(file)} uses {roomOfType[word]}/{word}";
        Assert.Empty(upward);
    }

    [Fact]
    public void Library_touches_no_console_clock_file_or_unseeded_randomness()
    {
        var found =
            from file in Directory.GetFiles(Path.Combine(Repository.Root, "src", "Plumb"), "*.cs",
                SearchOption.AllDirectories)
            from match in Outside().Matches(Comments().Replace(File.ReadAllText(file), ""))
            select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(found);
    }

    [Fact]
    public void Pointers_are_taken_only_to_fetch_cache_lines()
    {
        var found =
            from file in Directory.GetFiles(Path.Combine(Repository.Root, "src", "Plumb"), "*.cs",
                SearchOption.AllDirectories)
            where Path.GetFileName(file) != "CacheLines.cs"
                && Pointers().IsMatch(Comments().Replace(File.ReadAllText(file), ""))
            select Path.GetFileName(file);
        Assert.Empty(found);
    }

    [Fact]
    public void Files_are_made_by_AtomicFile_and_logs_that_grow_only()
    {
        var found =
            from file in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            where Path.GetFileName(file) is not ("AtomicFile.cs" or "CsvTrainingLog.cs" or "TensorBoardLog.cs")
            from match in Making().Matches(Comments().Replace(File.ReadAllText(file), ""))
            select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(found);
    }

    /// <summary>The folder below src/Plumb; what folders it has inside are its own affair.</summary>
    private static string RoomOf(string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "src", "Plumb"), file).Split(Path.DirectorySeparatorChar)[0];

    [GeneratedRegex(@"\b(unsafe|fixed)\b")]
    private static partial Regex Pointers();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(Console|DateTime|Stopwatch|File|Directory|CultureInfo\.CurrentCulture)\."
        + @"|\bnew Random\(|Random\.Shared|Environment\.(?!ProcessorCount)")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\bFile\.(Create|Open|OpenWrite|Append\w*|Write\w*|Copy|Move|Replace)\("
        + @"|new StreamWriter\((?!stream|output)|FileMode\.(?!Open\b)")]
    private static partial Regex Making();
}
