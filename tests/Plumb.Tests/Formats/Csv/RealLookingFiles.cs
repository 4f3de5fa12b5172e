using System.Globalization;

namespace Plumb.Tests;

/// <summary>
/// Files as instruments, loggers, spreadsheets and programs write them, drawn by seed; each holds the same three
/// columns.
/// </summary>
internal static class RealLookingFiles
{
    /// <summary>What a family of files looks like.</summary>
    /// <param name="draw">Draws what varies; some families do not.</param>
    /// <param name="rows">The numbers, three a row.</param>
    private delegate RealLookingFile Writer(Random draw, string[][] rows);

    private static readonly (string Name, Writer Write)[] s_families =
    [
        ("oscilloscope", Oscilloscope), ("axes", Axes), ("logger", Logger), ("labview", LabView),
        ("spreadsheet", Spreadsheet), ("european", European), ("excel", Excel), ("log", Log), ("numpy", NumPy),
        ("r", R), ("nist", Nist), ("psql", Psql), ("sqlcmd", SqlCmd), ("units", Units), ("trailing", Trailing),
        ("levels", Levels), ("weather", Weather), ("utf-16", Utf16), ("commented names", CommentedNames),
        ("no names", NoNames),
    ];

    /// <summary>The names of all files: a family and a seed.</summary>
    public static TheoryData<string, int> Names
    {
        get
        {
            var names = new TheoryData<string, int>();
            foreach (var (name, _) in s_families)
            {
                for (var seed = 1; seed <= 5; seed++)
                {
                    names.Add(name, seed);
                }
            }

            return names;
        }
    }

    /// <summary>The file, and the same numbers as a plain table with the columns a, b and c.</summary>
    public static (RealLookingFile File, string Plain) Of(string family, int seed)
    {
        var draw = new Random(seed);
        var rows = Enumerable.Range(0, draw.Next(6, 60)).Select(i => Row(draw, i)).ToArray();
        var plain = "a,b,c\n" + string.Concat(rows.Select(row => string.Join(',', row) + "\n"));
        return (s_families.Single(entry => entry.Name == family).Write(draw, rows), plain);
    }

    private static string[] Row(Random draw, int i)
    {
        var (a, b) = (0.25 * i - 1, Math.Round(draw.NextDouble() * 20 - 5, 2));
        return [Text(a), Text(b), Text(Math.Round(1.5 * a - 0.75 * b + 3 + draw.NextDouble(), 3))];

        static string Text(double value) => value.ToString("0.00#", CultureInfo.InvariantCulture);
    }

    private static RealLookingFile Oscilloscope(Random draw, string[][] rows) => new(
        Lines(["Model,MDO3014", "Firmware Version,1.26", "", "Waveform Type,ANALOG", "Point Format,Y",
            "Horizontal Units,S", "Horizontal Scale,4e-06", "Sample Interval,4e-09",
            FormattableString.Invariant($"Record Length,{rows.Length}"), "", "TIME,CH1,CH2", .. Joined(rows, ",")],
            draw.Next(2) == 0 ? "\r\n" : "\n"), ["TIME", "CH1", "CH2"]);

    private static RealLookingFile Axes(Random draw, string[][] rows) => new(
        Lines(["x-axis,1,2", draw.Next(2) == 0 ? "second,Volt,Volt" : "s,mV,V", .. Joined(rows, ",")]),
        ["x-axis", "1", "2"]);

    private static RealLookingFile Logger(Random draw, string[][] rows) => new(
        Lines(["\"TOA5\",\"6843\",\"CR3000\",\"6843\",\"CR3000.Std.22\",\"CPU:x.CR3\",\"24006\",\"ts\"",
            "\"TIMESTAMP\",\"RECORD\",\"AirTC\",\"RH\",\"Flux\"", "\"TS\",\"RN\",\"Deg C\",\"%\",\"W/m^2\"",
            "\"\",\"\",\"Avg\",\"Smp\",\"Avg\"",
            .. rows.Select((row, i) => FormattableString.Invariant(
                $"\"2026-06-07 {13 + i / 60}:{i % 60:00}:00\",{draw.Next(2) + i},{string.Join(',', row)}"))], "\r\n"),
        ["AirTC", "RH", "Flux"]);

    private static RealLookingFile LabView(Random draw, string[][] rows) => new(
        Lines(["LabVIEW Measurement\t", "Writer_Version\t2", "Reader_Version\t2", "Separator\tTab",
            "Decimal_Separator\t.", "Multi_Headings\tNo", "Time_Pref\tAbsolute", "Date\t2026/03/02",
            "***End_of_Header***\t", "\t", "Channels\t2\t", "Samples\t100\t100\t", "***End_of_Header***\t\t",
            "X_Value\tVoltage\tCurrent" + (draw.Next(2) == 0 ? "\tComment" : ""), .. Joined(rows, "\t")], "\r\n"),
        ["X_Value", "Voltage", "Current"]);

    private static RealLookingFile Spreadsheet(Random draw, string[][] rows) => new(
        Lines(["Rents 2026,,,", ",,,", "city,rooms,area,rent",
            .. rows.Select((row, i) => FormattableString.Invariant($"{"Bern|Basel|Genf".Split('|')[i % 3]},")
                + string.Join(',', row)), .. draw.Next(2) == 0 ? (string[])[",,,"] : [], "Total,,,1234.5",
            .. draw.Next(2) == 0 ? (string[])["", "Source: city statistics"] : []], "\r\n"),
        ["rooms", "area", "rent"]);

    private static RealLookingFile European(Random draw, string[][] rows) => new(
        Lines([.. draw.Next(2) == 0 ? (string[])["Messung vom 3.4.2026", ""] : [], "Zeit;Druck;Kraft",
            .. draw.Next(2) == 0 ? (string[])["s;bar;kN"] : [], .. Joined(rows, ";").Select(WithCommas)], "\r\n"),
        ["Zeit", "Druck", "Kraft"]);

    private static RealLookingFile Excel(Random draw, string[][] rows) => new(
        Lines(["sep=;", "a;b;c", .. Joined(rows, ";").Select(line => line + ";")
            .Select(WithCommas), .. draw.Next(2) == 0 ? (string[])[";;;", ";;;"] : []], "\r\n"), ["a", "b", "c"]);

    private static RealLookingFile Log(Random draw, string[][] rows) => new(
        Lines(["# started by \"run 7\"", "# host=lab3, seed=12", .. draw.Next(2) == 0 ? (string[])["#"] : [],
            "time,level,load,temp,power", .. rows.Select((row, i) => FormattableString.Invariant(
                $"2026-03-02T10:{i:00}:00Z,{(draw.Next(5) == 0 ? "WARN" : "INFO")},{string.Join(',', row)}")),
            .. draw.Next(2) == 0 ? (string[])["# end of log"] : []]), ["load", "temp", "power"]);

    private static RealLookingFile NumPy(Random draw, string[][] rows) => new(
        Lines([.. rows.Select(row => string.Join(' ', row.Select(cell =>
            double.Parse(cell, CultureInfo.InvariantCulture).ToString("e18", CultureInfo.InvariantCulture))))]),
        ["x1", "x2", "y"]);

    private static RealLookingFile R(Random draw, string[][] rows) => new(
        draw.Next(2) == 0
            ? Lines(["\"a\" \"b\" \"c\"", .. rows.Select((row, i) => FormattableString.Invariant($"\"{i + 1}\" ")
                + string.Join(' ', row))])
            : Lines(["a\tb\tc", .. rows.Select((row, i) => FormattableString.Invariant($"{i + 1}\t")
                + string.Join('\t', row))]), ["a", "b", "c"]);

    private static RealLookingFile Nist(Random draw, string[][] rows) => new(
        Lines(["NIST/ITL StRD", "Dataset Name:  Longley   (Longley.dat)", "", "File Format:   ASCII",
            "               Data               (lines 10 to 60)", "",
            .. draw.Next(2) == 0 ? (string[])["Data:", ""] : [], "        a         b         c",
            .. rows.Select(row => string.Concat(row.Select(cell => cell.PadLeft(10))))]), ["a", "b", "c"]);

    private static RealLookingFile Psql(Random draw, string[][] rows) => new(
        Lines(["    a    |    b    |    c    ", "---------+---------+---------",
            .. rows.Select(row => string.Join('|', row.Select(cell => cell.PadLeft(8) + " "))),
            FormattableString.Invariant($"({rows.Length} rows)"), ""]), ["a", "b", "c"]);

    private static RealLookingFile SqlCmd(Random draw, string[][] rows) => new(
        Lines(["a,b,c", "-,-,-", .. Joined(rows, ","), "",
            FormattableString.Invariant($"({rows.Length} rows affected)")], "\r\n"), ["a", "b", "c"]);

    private static RealLookingFile Units(Random draw, string[][] rows) => new(
        Lines(["t,U,I", draw.Next(3) switch { 0 => "(s),(V),(mA)", 1 => "[s],[V],[mA]", _ => "s,V,mA" },
            .. draw.Next(2) == 0 ? (string[])[",Avg,Avg"] : [], .. Joined(rows, ",")]), ["t", "U", "I"]);

    private static RealLookingFile Trailing(Random draw, string[][] rows)
    {
        var end = new string(',', draw.Next(1, 4));
        return new("\uFEFF" + Lines(["a,b,c" + end, .. Joined(rows, ",").Select(line => line + end)], "\r\n"),
            ["a", "b", "c"]);
    }

    private static RealLookingFile Levels(Random draw, string[][] rows) => new(
        Lines([.. rows.Select((row, i) => "FIM"[i % (1 + draw.Next(3))] + "," + string.Join(',', row))]),
        ["x2", "x3", "y"]);

    private static RealLookingFile Weather(Random draw, string[][] rows) => new(
        Lines(["STATIONS_ID;MESS_DATUM;  TT;  RF;  SD;eor", .. rows.Select((row, i) => FormattableString.Invariant(
            $"         44;{2026010100 + i};   {row[0]};   {row[1]};  {row[2]};eor"))], "\r\n"), ["TT", "RF", "SD"]);

    private static RealLookingFile Utf16(Random draw, string[][] rows) => new(
        Lines(["Sample:\tA 17", "Method:\tC18 fast", "", "Time\tSignal\tArea",
            "min\tmAU\t" + (draw.Next(2) == 0 ? "%" : ""), .. Joined(rows, "\t")], "\r\n"),
        ["Time", "Signal", "Area"])
    { IsUtf16 = true };

    private static RealLookingFile CommentedNames(Random draw, string[][] rows) => new(
        draw.Next(2) == 0 ? Lines(["# a b c", .. Joined(rows, " ")])
            : Lines(["# made by x", "#a,b,c", .. Joined(rows, ",")]),
        ["a", "b", "c"]);

    private static RealLookingFile NoNames(Random draw, string[][] rows) => new(
        Lines([.. rows.Select((row, i) => FormattableString.Invariant($"{(char)('A' + draw.Next(3))}{i},")
            + string.Join(',', row))]), ["x2", "x3", "y"]);

    private static IEnumerable<string> Joined(string[][] rows, string separator) =>
        rows.Select(row => string.Join(separator, row));

    private static string WithCommas(string line) => line.Replace('.', ',');

    private static string Lines(string[] lines, string end = "\n") => string.Concat(lines.Select(line => line + end));
}
