namespace Plumb.Tests.Cli;

/// <summary>Files as instruments, accountants and old programs write them, fitted as a user would.</summary>
public sealed class FileCaseTests
{
    private const string Clean = "x       1.99720";
    private const string Ten = "x       1.99636";

    [Theory]
    [InlineData("02_d.csv --target y", 0, "'y' is -9999 in 3 rows, don't trust W and b", "--missing-values=-9999")]
    [InlineData("02_d.csv --target y --missing-values=-9999", 0, "27 rows", "x       1.99904")]
    [InlineData("06_d.csv --target y", 3, "thousands separators", "(--decimal \",\")", "(--thousands \".\")")]
    [InlineData("06_d.csv --target y --decimal ,", 0, "'.' was read as a separator of thousands", "x       1.99971")]
    [InlineData("06_d.csv --target y --decimal , --thousands .", 0, "x       1.99971")]
    [InlineData("09_d.csv --target y", 0, "3 rows", "x        2.05000")]
    [InlineData("09_no_e.csv --target y", 3, "3.1e-101 without its E, as Fortran writes")]
    [InlineData("14_scope.csv --target CH1", 0, "4 rows", "9 lines before the table were skipped", "98000.0")]
    [InlineData("14_logger.dat --target Uy --input Ux", 0, "3 rows", "Lines 3 to 4 hold units", "-1.26062")]
    [InlineData("14_labview.lvm --target Voltage --input X_Value", 0, "4 rows", "0.990000")]
    [InlineData("14_scope2.csv --target 1", 0, "Line 2 holds units: x-axis in second, 1 in Volt.", "98000.0")]
    [InlineData("16_d.txt --target y", 0, "separated by blanks", Clean)]
    [InlineData("16_savetxt.txt --target y", 0, "separated by blanks", "x1      1.99720")]
    [InlineData("18_d.csv --target y", 0, "12 rows", "The first row holds numbers, so it is kept as data")]
    [InlineData("18_d.csv --target 3.1 --input 1", 2, "no such column (its columns: x1, x2, y)")]
    [InlineData("18_d.csv --no-header --target y --input x2", 0, "12 rows", "x2      1.99720")]
    [InlineData("27_paren.csv --target y", 3, "'(1.5)', which is -1.5 as accountants write it")]
    [InlineData("27_sap.csv --target y", 3, "'3.5-', which is -3.5 with its sign behind, as SAP writes it")]
    [InlineData("28_d.csv --target y", 3, "U+2212", "it is a minus sign")]
    [InlineData("34_bom_double.csv --target y", 0, "10 rows", Ten)]
    [InlineData("34_bom_mid.csv --target y", 3, "(12)", "repeated header behind a byte order mark, U+FEFF")]
    [InlineData("34_crcrlf.csv --target y", 0, "10 rows", Ten)]
    [InlineData("34_lf_cr.csv --target y", 0, "10 rows", Ten)]
    [InlineData("34_mixed_eol.csv --target y", 0, "10 rows", Ten)]
    [InlineData("34_long_digits.csv --target y", 0, "10 rows", Ten)]
    [InlineData("34_formfeed.csv --target y", 3, "line 12 has 1 field, expected 2")]
    [InlineData("34_nbsp.csv --target y", 3, "(2)", "U+00A0")]
    [InlineData("34_zwsp.csv --target y", 3, "(6)", "U+200B")]
    [InlineData("34_nulls_between.csv --target y", 3, "NUL byte at line 2")]
    public async Task File_is_read_or_refused_for_what_it_is(string words, int exitCode, params string[] said)
    {
        var args = words.Split(' ');
        var run = await CliRun.Of(["fit", Reference.PathOf("cases", "files", args[0]), .. args[1..]]);
        Assert.True(exitCode == run.ExitCode, run.Output + run.Error);
        Assert.All(said, text => Assert.Contains(text, exitCode == 0 ? run.Output : run.Error,
            StringComparison.Ordinal));
    }
}
