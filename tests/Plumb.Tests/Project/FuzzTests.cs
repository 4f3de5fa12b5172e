using Plumb.Fuzz;

namespace Plumb.Tests;

/// <summary>A short run of bench/fuzz: every reader on damaged files, the same ones each time.</summary>
public sealed class FuzzTests
{
    private const int Files = 150;
    private const int SlowFiles = 25; // of the reader that begins an engine for each

    private static readonly IReadOnlyList<FuzzTarget> s_targets = FuzzTargets.All(Reference.PathOf(""));

    public static TheoryData<string> Readers => [.. s_targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Damaged_files_are_read_or_refused_and_nothing_else(string reader)
    {
        var (tried, most) = (0, reader == "parquet" ? SlowFiles : Files);
        await foreach (var finding in new FuzzRun(Seed: 7).OfAsync(s_targets.Single(target => target.Name == reader)))
        {
            Assert.True(finding is null, finding?.Problem);
            if (++tried == most)
            {
                break;
            }
        }

        Assert.Equal(most, tried);
    }
}
