using System.Globalization;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>Names of columns that control a terminal, or turn the writing round, never reach one.</summary>
public sealed class HostileNameTests
{
    private const string Control = "\u001b]0;pwn\u0007\u001b[31mred";
    private const string Turned = "\u202Egnp.csv\u2066";

    public static TheoryData<string> Commands =>
    [
        "look {0}", "fit {0} --target y", "fit {0} --target nope", "fit {0} --target y --evidence",
        "train {0} --target y --steps 5", "next {0} --target y --box nope=0:1", "fit {0} --target y --input zz",
        "moments {0} --column zz -o m.moments", "fit {0} --target y --exclude zz", "fit {0} --target y --weight zz",
        "score {1} {0}", "explain {1} {0}", "predict {1} {2}",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Reports_and_errors_show_such_names_escaped(string command)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, data) in Data(folder))
        {
            var model = folder["m.json"];
            await CliRun.Of("fit", data, "--target", "y", "-o", model);
            var lacking = folder.Write("lacking.csv", "q,y\n1,2\n");
            var run = await CliRun.Of(string.Format(CultureInfo.InvariantCulture, command, data, model, lacking)
                .Split(' '));
            Assert.DoesNotContain((run.Output + run.Error).EnumerateRunes().ToArray(), IsHostile);
            Assert.True((run.Output + run.Error).Length > 0, name);
        }
    }

    private static bool IsHostile(Rune rune) => rune.Value is not ('\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static IEnumerable<(string Name, string Data)> Data(TemporaryFolder folder)
    {
        yield return (Control, Reference.PathOf("name-terminal-escape.csv"));
        yield return (Turned, folder.Write("turned.csv", $"{Turned},b,y\n" + string.Concat(Enumerable.Range(1, 20)
            .Select(i => $"{i},{i * i % 7},{3 * i + i % 5}\n"))));
    }
}
