using System.Reflection;
using Plumb.Fuzz;

namespace Plumb.Tests;

/// <summary>A short run of bench/fuzz: every reader on damaged files, the same ones each time.</summary>
public sealed class FuzzTests
{
    private const int Files = 150;
    private const int SlowFiles = 25; // of readers that begin an engine for each

    private static readonly IReadOnlyList<FuzzTarget> s_targets = FuzzTargets.All(Reference.PathOf(""));

    private static readonly Type[] s_libraries = [typeof(Moments), typeof(ArrowReader), typeof(DuckDbReader),
        typeof(PostgreSqlReader), typeof(ZstdStream), typeof(DataViewReader)];

    private static readonly Dictionary<Type, string> s_withoutBytes = new()
    {
        [typeof(DuckDbReader)] = "reads what its inputs are, which have targets of their own",
        [typeof(DuckDbInput.Rows)] = "is another reader's rows: 'filtered'",
        [typeof(FolderReader)] = "adds the names of folders to another reader's rows",
        [typeof(DataViewReader)] = "reads a program's own objects",
    };

    public static TheoryData<string> Readers => [.. s_targets.Select(target => target.Name)];

    [Fact]
    public void Every_reader_has_a_target()
    {
        var doors = s_targets.Select(target => target.Door).ToHashSet();
        var readers = s_libraries.SelectMany(library => library.Assembly.GetExportedTypes()).Where(IsReader).ToArray();
        Assert.Contains(typeof(Checkpoint), readers);
        Assert.Empty(readers.Where(reader => !doors.Contains(reader) && !s_withoutBytes.ContainsKey(reader))
            .Select(reader => reader.FullName));
        Assert.DoesNotContain(s_withoutBytes.Keys, reader => doors.Contains(reader));
        Assert.Equal(s_targets.Count, s_targets.Select(target => target.Name).Distinct().Count());
        Assert.All(s_targets, target => Assert.NotEmpty(target.Seeds));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Damaged_files_are_read_or_refused_and_nothing_else(string reader)
    {
        var target = s_targets.Single(target => target.Name == reader);
        var (tried, most) = (0, target.IsNative ? SlowFiles : Files);
        await foreach (var finding in new FuzzRun(Seed: 7).OfAsync(target))
        {
            Assert.True(finding is null, finding?.Problem);
            if (++tried == most)
            {
                break;
            }
        }

        Assert.Equal(most, tried);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Sound_files_are_read_or_refused_and_nothing_else(string reader)
    {
        var target = s_targets.Single(target => target.Name == reader);
        foreach (var seed in target.Seeds.Take(SlowFiles))
        {
            var finding = await new FuzzRun(Seed: 7).TryAsync(target, seed);
            Assert.True(finding is null, finding?.Problem);
        }
    }

    // What reads rows, unpacks bytes, or is made from a stream or a text.
    private static bool IsReader(Type type) =>
        (!type.IsAbstract && (type.IsSubclassOf(typeof(RowReader)) || type.IsSubclassOf(typeof(Stream))
            || type.IsSubclassOf(typeof(DuckDbInput))))
        || type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Any(method =>
            (method.Name.StartsWith("Open", StringComparison.Ordinal) || method.Name is "Load" or "Read")
            && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Stream)
                || parameter.ParameterType == typeof(Func<Stream>)));
}
