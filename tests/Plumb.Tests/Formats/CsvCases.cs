namespace Plumb.Tests;

/// <summary>What must become of each awkward file.</summary>
internal static class CsvCases
{
    private static readonly CsvFormat s_default = new();
    private static readonly CsvFormat s_drop = new() { DropMissing = true };

    /// <summary>Files that are read: settings, rows, and the codes of all findings.</summary>
    public static TheoryData<string, CsvFormat, int, string> Accepted { get; } = new()
    {
        { "csv_no_header.csv", s_default, 5, "no-header" },
        { "csv_no_header.csv", s_default with { HasHeader = false }, 5, "" },
        { "csv_no_header.csv", s_default with { HasHeader = true }, 4, "" },
        { "csv_blank_line_middle.csv", s_default, 3, "blank-lines" },
        { "csv_no_final_newline.csv", s_default, 5, "" },
        { "csv_case_dup.csv", s_default, 3, "" },
        { "csv_name_html.csv", s_default, 5, "" },
        { "csv_name_formula.csv", s_default, 5, "" },
        { "csv_name_path.csv", s_default, 5, "" },
        { "csv_bom_utf8.csv", s_default, 5, "" },
        { "csv_utf16le.csv", s_default, 5, "utf-16" },
        { "csv_crlf.csv", s_default, 5, "" },
        { "csv_cr_only.csv", s_default, 5, "cr-line-ends" },
        { "csv_tab.csv", s_default, 5, "delimiter" },
        { "csv_tab.csv", s_default with { Delimiter = '\t' }, 5, "" },
        { "csv_semicolon_decimal_comma.csv", s_default with { DecimalSeparator = ',' }, 3, "delimiter" },
        { "csv_missing_markers.csv", s_drop, 2, "missing-dropped" },
        { "csv_1e-999.csv", s_default, 4, "underflow" },
        { "csv_neg_zero.csv", s_default, 3, "" },
        { "csv_many_digits.csv", s_default, 4, "digits-lost integers-rounded" },
        { "csv_bigint_ids.csv", s_default, 3, "integers-rounded" },
        { "csv_comment_lines.csv", s_default, 3, "preamble" },
        { "csv_comment_lines.csv", s_default with { CommentPrefix = "#" }, 3, "" },
    };

    /// <summary>Files that are refused: settings, the line, and a part of the message.</summary>
    public static TheoryData<string, CsvFormat, int, string> Refused { get; } = new()
    {
        { "csv_empty.csv", s_default, 1, "file is empty (0 bytes)" },
        { "csv_header_only.csv", s_default, 1, "header found, 0 data rows" },
        { "csv_ragged_short.csv", s_default, 3, "line 3 has 2 fields, expected 3" },
        { "csv_ragged_long.csv", s_default, 3, "line 3 has 4 fields, expected 3" },
        { "csv_dup_columns.csv", s_default, 1, "duplicate column name 'x' at columns 1 and 2" },
        { "csv_latin1.csv", s_default, 1, "not valid UTF-8 (byte 4); convert the file to UTF-8" },
        { "csv_nul.csv", s_default, 3, "NUL byte at line 3" },
        { "csv_nul_tail.csv", s_default, 7, "NUL byte at line 7" },
        { "csv_semicolon_decimal_comma.csv", s_default, 2, "read ',' as the decimal separator" },
        { "csv_thousands.csv", s_default, 2,
            "'1,234', which is 1234 if ',' separates thousands, and 1.234 if it is the decimal separator; 2 cells" },
        { "csv_quote_garbage.csv", s_default, 2, "text after closing quote at line 2" },
        { "csv_text_in_numeric.csv", s_default, 3, "column 'x1' holds 'foo', which is not a number" },
        { "csv_missing_markers.csv", s_default, 3,
            "'x' holds 'NA', which marks a missing value; 6 missing in all (empty 1, 'NA' 1, 'null' 1, '?' 1, '-' 1, "
                + "'#N/A' 1); fill it in, or leave out rows that lack a value" },
        { "csv_1e999.csv", s_default, 3, "'1e999', which is too large for a double" },
        { "csv_hex_underscore.csv", s_default, 2,
            "2 cells are not numbers: '0x10' in column 'x' at line 2, '1_000' in column 'x' at line 3" },
        { "csv_spaces.csv", s_default, 4, "U+00A0" },
        { "csv_dates.csv", s_default, 2, "'2024-01-01', which is a date or a time, not a number" },
        { "csv_bool.csv", s_default, 2, "'true', which is a truth value, not a number; 3 cells are not numbers" },
        { "csv_bool.csv", s_default, 2, "encode it as 1 and 0" },
        { "csv_two_tables.csv", s_default, 5, "line 5 has 3 fields, expected 2" },
        { "csv_repeated_header.csv", s_default, 3, "looks like a repeated header (concatenated files)" },
        { "npy_named_csv.csv", s_default, 1, "NPY file" },
    };
}
