using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>The rooms of the library and the arrows between them, as ARCHITECTURE.md draws them.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostColumns = 120;
    private const int MostLines = 300;
    private const int MostFiles = 25;

    // Each room and the rooms whose types it may use.
    private static readonly Dictionary<string, string[]> s_halls = new()
    {
        ["Numerics"] = [],
        ["Model"] = ["Numerics"],
        ["Moments"] = ["Formats", "Model", "Numerics"],
        ["Fitting"] = ["Moments", "Model", "Numerics"],
        ["Training"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Diagnosis"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Experiments"] = ["Fitting", "Moments", "Model", "Numerics"],
        ["Formats"] = ["Model", "Numerics"],
        ["Reports"] = ["Diagnosis", "Training", "Experiments", "Formats", "Fitting", "Moments", "Model", "Numerics"],
    };

    // Within a hall, from the lowest room to the highest: each may use those before it.
    private static readonly Dictionary<string, string[]> s_floors = new()
    {
        ["Numerics"] =
        [
            "Memory", "Modular", "Scalars", "Plain", "Distributions", "Rows", "Gram", "Solving", "Rank", "Spectra",
        ],
        ["Formats"] = ["Text", "Numbers", "Texts", "Rows", "Csv", "Json", "Arrays", "Looks", "Models"],
        ["Training"] =
        [
            "Kernels", "Checkpoints", "Optimizers", "Plans", "Settings", "Steps", "Batches", "FullBatch", "",
        ],
        ["Diagnosis"] = ["Wording", "Evidence", "Rows", "Convergence", "Verdicts", "Origins", "Explaining"],
        ["Reports"] = ["Pages", "Drawing", "Figures", "Documents", "Contents", "Json", "Renderings", ""],
        ["Diagnosis/Rows"] = ["Copies", "Outliers", "Clouds", "Values", "Scores", "Pass", "Tests", ""],
    };

    // What a program begins with is in Plumb itself; the rest is in the namespace of its room.
    private static readonly string[] s_doors =
    [
        "LeastSquares", "LinearFit", "Coefficient", "GradientDescent", "GradientDescentRuns", "Assessment",
        "Explanation", "RowTests", "Experiment", "Proposal", "RowReader", "CsvReader", "ModelFile", "Reporting",
        "ReportSettings",
    ];

    private static readonly string s_library = Path.Combine(Repository.Root, "src", "Plumb");
    private static readonly string[] s_makers = ["AtomicFile", "DirectoryLock", "CsvTrainingLog", "TensorBoardLog"];

    [Fact]
    public void Halls_use_only_halls_below_them()
    {
        var upward = from arrow in Arrows(HallOf)
                     where !s_halls[arrow.From].Contains(arrow.To)
                     select arrow.Text;
        Assert.Equal(s_halls.Keys.Order(), SourcesIn(s_library).Select(HallOf).Distinct().Order());
        Assert.Empty(upward);
    }

    [Fact]
    public void Files_are_in_the_namespace_of_their_room()
    {
        string SpaceOf(string file)
        {
            var name = Path.GetFileName(file).Split('.')[0];
            var room = Path.GetRelativePath(s_library, Path.GetDirectoryName(file)!).Replace('\\', '/');
            return s_doors.Contains(name) ? "Plumb" : HallOf(file) switch
            {
                "Model" => room == "Model/Designs" ? "Plumb.Designs" : "Plumb",
                "Moments" => "Plumb",
                var hall => "Plumb." + hall,
            };
        }

        string[] files = [.. SourcesIn(s_library)];
        Assert.Empty(s_doors.Except(files.Select(file => Path.GetFileNameWithoutExtension(file)!)));
        var elsewhere = from file in files
                        where !File.ReadLines(file).Contains($"namespace {SpaceOf(file)};")
                        select Path.GetFileName(file);
        Assert.Empty(elsewhere);
    }

    [Theory]
    [MemberData(nameof(HallsWithFloors))]
    public void Rooms_use_only_rooms_below_them(string hall)
    {
        var floors = s_floors[hall];
        string? RoomOf(string file)
        {
            var parts = Path.GetRelativePath(Path.Combine(s_library, hall), file).Split(Path.DirectorySeparatorChar);
            return parts[0] == ".." ? null : parts.Length > 1 ? parts[0] : "";
        }

        Assert.Equal(floors.Order(),
            SourcesIn(Path.Combine(s_library, hall)).Select(file => RoomOf(file)!).Distinct().Order());
        Assert.Empty(Arrows(RoomOf)
            .Where(arrow => Array.IndexOf(floors, arrow.From) < Array.IndexOf(floors, arrow.To))
            .Select(arrow => arrow.Text));
    }

    public static TheoryData<string> HallsWithFloors() => [.. s_floors.Keys];

    [Fact]
    public void Library_shows_no_interface() => Assert.Empty(
        SourcesIn(s_library).Where(file => PublicInterface().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));

    [Fact]
    public void Rooms_files_and_lines_are_of_a_size_that_one_can_take_in()
    {
        string[] files = [.. Code().SelectMany(SourcesIn)];
        Assert.Empty(files.GroupBy(file => Path.GetDirectoryName(file)!)
            .Where(folder => folder.Count() > MostFiles).Select(folder => $"{folder.Key}: {folder.Count()} files"));
        Assert.Empty(files.Where(file => File.ReadLines(file).Count() > MostLines).Select(Path.GetFileName));
        Assert.Empty(files.SelectMany(LongLines));
    }

    [Fact]
    public void Pages_and_scripts_are_of_that_size_too()
    {
        string[] files =
        [
            .. Code().SelectMany(folder => (string[])
            [
                .. Directory.GetFiles(folder, "*.js", SearchOption.AllDirectories),
                .. Directory.GetFiles(folder, "*.mjs", SearchOption.AllDirectories),
                .. Directory.GetFiles(folder, "*.css", SearchOption.AllDirectories),
            ]),
        ];
        Assert.Contains(files, file => Path.GetFileName(file) == "studio.css");
        Assert.Empty(files.Where(file => File.ReadLines(file).Count() > MostLines).Select(Path.GetFileName));
        Assert.Empty(files.SelectMany(LongLines));
    }

    [Fact]
    public void Every_room_has_a_page_that_names_its_files()
    {
        var tool = Path.Combine(Repository.Root, "src", "Plumb.Cli");
        var unnamed = from file in SourcesIn(s_library).Concat(SourcesIn(tool))
                      let room = Path.GetDirectoryName(file)!
                      where room != tool // whose page is the package's
                      let page = Path.Combine(room, "README.md")
                      where !File.Exists(page)
                          || !File.ReadAllText(page).Contains('`' + Path.GetFileNameWithoutExtension(file),
                              StringComparison.Ordinal)
                      select Path.GetRelativePath(Repository.Root, file);
        Assert.Empty(unnamed);
    }

    // Lines of Markdown may be longer where they are tables, code or addresses.
    [Fact]
    public void Lines_of_documents_fit_a_page()
    {
        IEnumerable<string> Long(string file)
        {
            var isCode = false;
            foreach (var (i, line) in File.ReadLines(file).Index())
            {
                isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
                if (!isCode && line.Length > MostColumns && line[0] != '|'
                    && !line.Contains("://", StringComparison.Ordinal))
                {
                    yield return $"{Path.GetRelativePath(Repository.Root, file)}({i + 1})";
                }
            }
        }

        // Benchmark pages are written by their scripts.
        Assert.Empty(
            Documents().Where(file => !file.Contains("benchmarks", StringComparison.Ordinal)).SelectMany(Long));
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
    public void Files_are_made_by_AtomicFile_locks_and_logs_that_grow_only()
    {
        var found =
            from file in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            where !s_makers.Contains(Path.GetFileNameWithoutExtension(file))
            from match in Making().Matches(Comments().Replace(File.ReadAllText(file), ""))
            select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(found);
    }

    private static IEnumerable<(string From, string To, string Text)> Arrows(Func<string, string?> roomOf)
    {
        var files = SourcesIn(s_library).Where(file => roomOf(file) is not null).ToArray();
        var roomOfType = files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => roomOf(file)!);
        return from file in files
               let own = roomOf(file)!
               from word in Word().Matches(WithoutMembersOfEnum(file)).Select(match => match.Value).Distinct()
               where roomOfType.ContainsKey(word) && roomOfType[word] != own
               select (own, roomOfType[word], $"{own}/{Path.GetFileName(file)} uses {roomOfType[word]}/{word}");
    }

    // A member of an enum, or a code, may be called like a type that it has nothing to do with.
    private static string WithoutMembersOfEnum(string file)
    {
        var text = Comments().Replace(File.ReadAllText(file), "");
        return text.Contains("public enum", StringComparison.Ordinal)
            || text.Contains("class FindingCodes", StringComparison.Ordinal) ? "" : text;
    }

    // In a raw string, lines are data.
    private static IEnumerable<string> LongLines(string file)
    {
        var isRaw = false;
        foreach (var (i, line) in File.ReadLines(file).Index())
        {
            var marks = line.Split("\"\"\"").Length - 1;
            if (!isRaw && marks == 0 && line.Length > MostColumns && !line.Contains("://", StringComparison.Ordinal))
            {
                yield return $"{Path.GetFileName(file)}({i + 1})";
            }

            isRaw ^= marks % 2 == 1;
        }
    }

    private static IEnumerable<string> Code() =>
        new[] { "src", "tests", "bench" }.Select(folder => Path.Combine(Repository.Root, folder));

    private static IEnumerable<string> Documents() => Directory.GetFiles(Repository.Root, "*.md")
        .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
        .Concat(Code().SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)));

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

    /// <summary>The folder below src/Plumb.</summary>
    private static string HallOf(string file) =>
        Path.GetRelativePath(s_library, file).Split(Path.DirectorySeparatorChar)[0];

    [GeneratedRegex(@"\bpublic (partial )?interface\b")]
    private static partial Regex PublicInterface();

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
