using System.IO.Compression;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>
/// One table in many dresses, each read by the option that it needs: the fit is the same to the last bit.
/// </summary>
public sealed class CsvOptionTests
{
    private const string Table = "x1,x2,y\n1.5,2,3.25\n2.5,1,4\n3,2,6.5\n-0.5,7,1.75\n";

    public static TheoryData<string, string> Dresses => new()
    {
        { "plain", "" },
        { "semicolons", "" },
        { "semicolons", "--delimiter ;" },
        { "tabs", "--delimiter tab" },
        { "slashes", "--delimiter /" },
        { "decimal commas", "--decimal ," },
        { "no header", "--no-header" },
        { "comments", "--comment #" },
        { "preamble", "" },
        { "preamble", "--skip 3" },
        { "preamble", "--header-row 4" },
        { "preamble", "--header-row 4 --units" },
        { "blanks", "" },
        { "blanks", "--delimiter spaces" },
        { "comments of two", "--comment //" },
        { "missing", "--missing drop" },
        { "utf-16 little", "" },
        { "utf-16 big", "" },
        { "gzip", "" },
        { "gzip of utf-16", "" },
    };

    [Theory]
    [MemberData(nameof(Dresses))]
    public async Task Fit_of_a_file_and_of_standard_input_gives_the_same(string dress, string words)
    {
        using var folder = new TemporaryFolder();
        var expected = Answer(await CliRun.Of("fit", folder.Write("plain.csv", Table), "--target", "y", "--json"));
        var bytes = Dressed(dress);
        await File.WriteAllBytesAsync(folder["d.csv"], bytes, TestContext.Current.CancellationToken);
        string[] options = ["--target", "y", "--json", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(expected, Answer(await CliRun.Of(["fit", folder["d.csv"], .. options])));
        Assert.Equal(expected, Answer(await CliRun.WithInput(bytes, ["fit", "-", .. options])));
    }

    [Theory]
    [InlineData("decimal commas", "--decimal \",\"")]
    [InlineData("comments", "--comment \"#\"")]
    [InlineData("missing", "--missing drop")]
    [InlineData("slashes", "'y'")]
    public async Task Fit_without_the_option_is_refused_and_names_it_or_the_columns(string dress, string part)
    {
        var run = await CliRun.WithInput(Dressed(dress), "fit", "-", "--target", "y");
        Assert.InRange(run.ExitCode, 2, 3);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--delimiter x", "--delimiter holds 'x'")]
    [InlineData("--delimiter ;;", "--delimiter holds ';;'")]
    [InlineData("--decimal ;", "';'")]
    [InlineData("--missing mean", "'mean'")]
    [InlineData("--header --no-header", "contradict each other")]
    [InlineData("--header-row 0", "--header-row holds '0'")]
    [InlineData("--skip -1", "--skip holds '-1'")]
    [InlineData("--skip 1 --header-row 2", "--skip passes over lines")]
    [InlineData("--header-row 2 --no-header", "--no-header says that there are no names")]
    [InlineData("--units --no-header", "--units is about the row below the names")]
    public async Task Settings_that_make_no_sense_are_a_usage_error(string words, string part)
    {
        var run = await CliRun.WithInput(Table, ["fit", "-", "--target", "y", .. words.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    private static string Answer(CliRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return string.Join('\n',
            ((string[])["rows", "weights", "bias", "standardErrors"]).Select(name =>
                run.Json().GetProperty(name).GetRawText()));
    }

    private static byte[] Dressed(string dress) => dress switch
    {
        "plain" => Encoding.UTF8.GetBytes(Table),
        "semicolons" => Encoding.UTF8.GetBytes(Table.Replace(',', ';')),
        "tabs" => Encoding.UTF8.GetBytes(Table.Replace(',', '\t')),
        "slashes" => Encoding.UTF8.GetBytes(Table.Replace(',', '/')),
        "decimal commas" => Encoding.UTF8.GetBytes(Table.Replace(',', ';').Replace('.', ',')),
        "no header" => Encoding.UTF8.GetBytes(Table[8..]),
        "comments" =>
            Encoding.UTF8.GetBytes(
                "# made by \"hand\n" + Table.Replace("\n3,", "\n# three, four\n3,", StringComparison.Ordinal)),
        "preamble" => Encoding.UTF8.GetBytes("Logger,7\r\nSerial,\"A 1\"\r\n\r\n"
            + Table.Insert(Table.IndexOf('\n') + 1, "V,mm,(s)\n").Replace("\n", "\r\n", StringComparison.Ordinal)),
        "blanks" => Encoding.UTF8.GetBytes("  " + Table.Replace(",", "  \t ", StringComparison.Ordinal)
            .Replace("\n", "  \n ", StringComparison.Ordinal)),
        "comments of two" => Encoding.UTF8.GetBytes("// made by hand\n" + Table + "// the end"),
        "missing" => Encoding.UTF8.GetBytes(Table + "1,,2\n,,\n5,NA,1\n"),
        "utf-16 little" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Table)],
        "utf-16 big" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Table)],
        "gzip" => Packed(Encoding.UTF8.GetBytes(Table)),
        "gzip of utf-16" => Packed(Dressed("utf-16 little")),
        _ => throw new ArgumentException(dress, nameof(dress)),
    };

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
