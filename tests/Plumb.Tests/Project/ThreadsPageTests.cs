using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>docs/threads.md says of every public class what threads may share.</summary>
public sealed partial class ThreadsPageTests
{
    private static readonly Type[] s_libraries = [typeof(Moments), typeof(ArrowReader), typeof(DuckDbReader),
        typeof(PostgreSqlReader), typeof(SqlDialect), typeof(ZstdStream), typeof(DataViewReader)];

    [Fact]
    public void Every_public_class_stands_on_the_page_once()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "threads.md"));
        var prose = string.Concat(page.Split("```").Where((_, place) => place % 2 == 0));
        var lists = string.Join('\n', Item().Matches(prose).Select(match => match.Value));
        var named = Name().Matches(lists).Select(match => match.Groups[1].Value).ToArray();
        var classes = s_libraries.SelectMany(library => library.Assembly.GetExportedTypes())
            .Where(type => type.IsClass && !(type.IsAbstract && type.IsSealed) && !IsRecord(type)
                && !type.IsSubclassOf(typeof(Delegate)))
            .Select(type => type.Name).Distinct().ToArray();
        Assert.NotEmpty(classes);
        Assert.Empty(classes.Except(named));
        Assert.DoesNotContain(classes, name => named.Count(other => other == name) > 1);
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    [GeneratedRegex(@"^- .*(\n  .*)*", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex Name();
}
