using System.Globalization;
using System.Text;

namespace Plumb.Tests;

public sealed class CsvMessageTests
{
    [Theory]
    [InlineData("x,y\n1,2\n\"a\nb\",2\n",
        "t.csv(3): column 'x' holds 'a\\nb', which is not a number; correct it, or leave the column out.")]
    [InlineData("x,y\n1,2\n\"a \"\"b\"\"\",2\n",
        "t.csv(3): column 'x' holds 'a \"b\"', which is not a number; correct it, or leave the column out.")]
    [InlineData("x;y\n1,5;2\n",
        "t.csv(2): column 'x' holds '1,5', which is not a number with the decimal separator '.'; read ',' as the "
            + "decimal separator.")]
    [InlineData("x,y\n1,2\ninf,2\n",
        "t.csv(3): column 'x' holds 'inf', which is not a finite number; correct it, or mark it as missing.")]
    [InlineData("x,y\n1,2\n\"2,000\",2\n",
        "t.csv(3): column 'x' holds '2,000', which is 2000 if ',' separates thousands, and 2.000 if it is the decimal "
            + "separator; read ',' as the separator of thousands, or read ',' as the decimal separator and between "
            + "fields.")]
    [InlineData("x,y\n1,2\n(1.5),2\n",
        "t.csv(3): column 'x' holds '(1.5)', which is -1.5 as accountants write it; write negative numbers with a "
            + "minus before them.")]
    [InlineData("x,y\n1,2\n1.5-,2\n",
        "t.csv(3): column 'x' holds '1.5-', which is -1.5 with its sign behind, as SAP writes it; write negative "
            + "numbers with a minus before them.")]
    [InlineData("x,y\n1,2\n3.1-101,2\n",
        "t.csv(3): column 'x' holds '3.1-101', which is 3.1e-101 without its E, as Fortran writes long exponents; put "
            + "the E before the sign of the exponent.")]
    [InlineData("x,y\n1,2\n$1189,2\n",
        "t.csv(3): column 'x' holds '$1189', which has the sign $, where others of the column have another "
            + "or none; write the same sign in every cell of the column, or in none.")]
    [InlineData("x,y\n1,2\n1e400,2\n",
        "t.csv(3): column 'x' holds '1e400', which is too large for a double (the largest is 1.8e308); give the "
            + "column in a larger unit.")]
    [InlineData("x,y\n1,2\n12:30,2\n",
        "t.csv(3): column 'x' holds '12:30', which is a date or a time, not a number; give it as a number, such as "
            + "days since a start, or leave the column out.")]
    [InlineData("x;y\n1.234,5;2\n",
        "t.csv(2): column 'x' holds '1.234,5', which is not a number because of its thousands separators; "
            + "read ',' as the decimal separator, and read '.' as the separator of thousands.")]
    [InlineData("x,y\n1,1/2\n",
        "t.csv(2): column 'y' holds '1/2', which is not a number; correct it, or leave the column out.")]
    [InlineData("x,y\n1,2\n5 %,2\n",
        "t.csv(3): column 'x' holds '5 %', which has the sign %, where others of the column have another "
            + "or none; write the same sign in every cell of the column, or in none.")]
    [InlineData("x y\n1 2\n1\n",
        "t.csv(2): column 'x y' holds '1 2', which is several numbers; separate fields by commas, or read blanks as "
            + "separators.")]
    [InlineData("x,y\n1,2\n\u22121,2\n",
        "t.csv(3): column 'x' holds '\u22121', which is not a number because of the character U+2212; it is a "
            + "minus sign: convert it to '-' in the file.")]
    [InlineData("x,y\n1,2\n#1,2,3\n",
        "t.csv(3): line 3 has 3 fields, expected 2, one for every column; if it is a comment, skip lines that begin "
            + "with '#'.")]
    [InlineData("x,y\n1,2\n3\n",
        "t.csv(3): line 3 has 1 field, expected 2, one for every column; correct the row, or name another separator.")]
    [InlineData("x,y\n1,2\n3,4\nsome,more,text\n",
        "t.csv(4): line 4 has 3 fields, expected 2, one for every column; correct the row, name another separator, "
            + "or leave out the last line where it is below the table.")]
    [InlineData("Report,2026\nName,Score\nAnn,3\nBob,4\n",
        "t.csv(2): this line looks like names, where a row of data was expected; if the table begins at line 2 "
            + "('Name, Score'), take line 2 for the names.")]
    [InlineData("x  y\n1  2\n3  \n5  6\n",
        "t.csv(2): column 'x  y' holds '1  2', which is several numbers; 2 cells are not numbers: '1  2' in column "
            + "'x  y' at line 2, '5  6' in column 'x  y' at line 4; separate fields by commas, or read blanks as "
            + "separators.")]
    [InlineData("x,y\n1,none\n2,3\n4,5\n",
        "t.csv(2): column 'y' holds 'none', which is not a number; correct it, or leave the column out.")]
    [InlineData("x,y\n,2\n",
        "t.csv(2): column 'x' is empty, where a number was expected; the only value missing; fill it in, or "
            + "leave out rows that lack a value.")]
    [InlineData("y\n1\n\n2\n",
        "t.csv(3): column 'y' is empty, where a number was expected; the only value missing; fill it in, or "
            + "leave out rows that lack a value.")]
    [InlineData("x,y\n1,2\n3,\"4\n5",
        "t.csv(3): the quote opened at line 3 in field 2 is never closed; close it, or double it if it belongs to the "
            + "text.")]
    [InlineData("{\"x\": 1, \"y\": 2}\n",
        "t.csv(1): JSON file, by its first bytes, where CSV text was expected; rename it to end in .json or .jsonl.")]
    [InlineData("<!DOCTYPE html>\n",
        "t.csv(1): HTML or XML file, by its first bytes, where CSV text was expected; fetch the data themselves, and "
            + "not a page about them.")]
    [InlineData("x,\n1,2\nx,\n",
        "t.csv(3): this line looks like a repeated header (concatenated files), where a row of data was expected; "
            + "remove it.")]
    [InlineData(",column1,y\n1,2,3\n",
        "t.csv(1): duplicate column name 'column1' at columns 1 and 2, where every name was expected once; rename one "
            + "of them.")]
    [InlineData("\n\n",
        "t.csv(1): no header and no row of data, only blank lines or comments; check what wrote the file.")]
    public async Task ReadAsync_of_bad_data_says_what_where_and_what_to_do(string text, string expected) =>
        Assert.Equal(expected, await CsvTable.RefusalAsync(text));

    [Fact]
    public async Task ReadAsync_of_many_bad_cells_names_five_and_counts_all()
    {
        var text = "x,y\n"
            + string.Concat(
                Enumerable.Range(0, 5000)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 500 == 99 ? "bad" : "")}{i}"
                        + $"\n"))) + "NA,1\n";
        Assert.Equal(
            "t.csv(101): column 'y' holds 'bad99', which is not a number; 10 cells are not numbers: 'bad99' in column "
                + "'y' at line 101, 'bad599' in column 'y' at line 601, "
            + "'bad1099' in column 'y' at line 1101, 'bad1599' in column 'y' at line 1601, 'bad2099' in column 'y' at "
                + "line 2101, ...; missing besides: 1; "
            + "correct it, or leave the column out.",
            await CsvTable.RefusalAsync(text));
    }

    [Fact]
    public async Task ReadAsync_of_bad_cells_before_a_broken_row_tells_of_the_cells()
    {
        Assert.StartsWith("t.csv(2): column 'x' holds 'bad'", await CsvTable.RefusalAsync("x,y\nbad,1\n1,2,3\n"),
            StringComparison.Ordinal);
        Assert.StartsWith("t.csv(2): column 'x' holds 'bad'", await CsvTable.RefusalAsync("x,y\nbad,1\n1,\"2\"3\n"),
            StringComparison.Ordinal);
        Assert.StartsWith("t.csv(2): column 'x' is empty", await CsvTable.RefusalAsync("x,y\n,1\n\0,2\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_of_a_long_or_odd_cell_shortens_and_escapes_it()
    {
        var message = await CsvTable.RefusalAsync("x,y\n1,2\n\u202E\u001B" + new string('a', 5000) + ",2\n");
        Assert.Contains("holds '\\u{202E}\\u{001B}" + new string('a', 38) + "...',", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_of_invalid_utf8_in_a_used_cell_names_its_byte()
    {
        byte[] bytes = [.. "x,note,y\n1,"u8, 0xE9, .. ",2\n3,,4"u8, 0xE9, (byte)'\n'];
        var table = await CsvTable.OfAsync(new MemoryStream(bytes[..15]), "t.csv", null, "x", "y");
        Assert.Equal((double[][])[[1, 2]], table.Rows);
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                CsvTable.OfAsync(new MemoryStream(bytes), "t.csv", null, "x", "y"));
        Assert.Equal(
            "t.csv(3): column 'y' holds '4\\xE9', which is not valid UTF-8 (byte 19); convert the file to UTF-8: save "
                + "it as CSV UTF-8, or iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW.csv.",
            error.Message);
    }

    [Fact]
    public async Task ReadAsync_of_broken_utf16_refuses_it()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("x,y\n1,2\n"), 0x00, 0xD8, 0x31,
            0x00];
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() => CsvTable.OfAsync(new MemoryStream(bytes), "t.csv"));
        Assert.StartsWith("t.csv(1): the file begins with the mark of UTF-16, but is not valid UTF-16", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_dropping_missing_values_counts_rows_and_columns()
    {
        var drop = new CsvFormat { DropMissing = true };
        var table = await CsvTable.OfAsync("x,z,y\n1,,2\nNA,,3\n4,5,#VALUE!\n7,8,9\n", drop, "t.csv", "x", "y");
        Assert.Equal((double[][])[[1, 2], [7, 9]], table.Rows);
        Assert.Equal("Rows with missing values were left out: 2 of 4 rows; column 'x' 1, column 'y' 1.",
            Assert.Single(table.Findings).Message);
        Assert.StartsWith("t.csv(1): every one of the 2 rows has a missing value",
            await CsvTable.RefusalAsync("x,y\n,1\n2,NA\n", drop), StringComparison.Ordinal);
        Assert.StartsWith("t.csv(3): column 'x' holds 'foo'",
            await CsvTable.RefusalAsync("x,y\n,1\nfoo,1\n2,3\n", drop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_dropping_every_missing_marker_knows_all_of_them()
    {
        var text = "x,y\n" + string.Concat(MissingMarkers.All.Select(marker => $"{marker},1\n")) + "2,3\n";
        var table = await CsvTable.OfAsync(text, new CsvFormat { DropMissing = true });
        Assert.Equal((double[][])[[2, 3]], table.Rows);
        Assert.Equal("Rows with missing values were left out: 57 of 58 rows; column 'x' 57.",
            Assert.Single(table.Findings).Message);
    }

    [Fact]
    public async Task ReadAsync_of_a_file_name_with_a_line_end_keeps_the_message_on_one_line()
    {
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() => CsvTable.OfAsync(new MemoryStream(), "a\nb.csv"));
        Assert.StartsWith("a\\nb.csv(1): file is empty (0 bytes)", error.Message, StringComparison.Ordinal);
    }
}
