using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>Dates become numbers where they can be read in one way, and are refused where they cannot.</summary>
public sealed class DatesTests
{
    private static readonly string[] s_forms =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy.MM.dd", "dd.MM.yyyy", "d.M.yyyy", "d MMM yyyy", "dd-MMM-yyyy",
        "ddMMMyyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d yyyy",
    ];

    private static readonly string[] s_times =
    [
        "", "'T'HH:mm", "' 'HH:mm:ss", "'T'HH:mm:ss'Z'", "'T'HH:mm:ss.fff", "'T'HH:mm:ss'+00:00'", "' 'h:mm:ss tt",
        "' 'HH:mm:ss' UTC'",
    ];

    [Fact]
    public void Date_in_every_form_is_its_days_since_1970() =>
        Gen.Select(Gen.Int[0, 3_652_058], Gen.OneOf(s_forms), Gen.OneOf(s_times), Gen.Int[0, 86_399]).Sample(
            (days, form, time, seconds) =>
            {
                var moment = DateOnly.FromDayNumber(days).ToDateTime(TimeOnly.MinValue).AddSeconds(seconds);
                var text = moment.ToString(form + time, CultureInfo.InvariantCulture);
                var kept = time.Length == 0 ? 0 : time.Contains("ss", StringComparison.Ordinal) ? seconds
                    : seconds - seconds % 60;
                var expected = ((days - new DateOnly(1970, 1, 1).DayNumber) * 86_400L + kept) / 86_400.0;
                Assert.Equal(expected, Read(new Dates(), text));
            });

    [Theory]
    [InlineData("2026-11-29", DateUnit.Days, 20786)]
    [InlineData("2026-11", DateUnit.Days, 20758)]
    [InlineData("1970-01-02T06:00", DateUnit.Hours, 30)]
    [InlineData("1970-01-01T01:00:00+01:00", DateUnit.Seconds, 0)]
    [InlineData("1970-01-01T00:00:00-0530", DateUnit.Minutes, 330)]
    [InlineData("1970-01-01 12:00:00 AM", DateUnit.Seconds, 0)]
    [InlineData("1970-01-01 12:00:01 pm", DateUnit.Seconds, 43201)]
    [InlineData("1970-01-01 00:00:00,25", DateUnit.Seconds, 0.25)]
    [InlineData("1974-01-01", DateUnit.Years, 4)]
    [InlineData("13/2/1970", DateUnit.Days, 43)]
    [InlineData("2/13/1970", DateUnit.Days, 43)]
    [InlineData("2/2/1970", DateUnit.Days, 32)]
    [InlineData("29 Sept 1970", DateUnit.Days, 271)]
    public void Date_is_a_number_in_its_unit(string text, DateUnit unit, double expected) =>
        Assert.Equal(expected, Read(new Dates(unit), text));

    [Theory]
    [InlineData("20261129")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("29.11.26")]
    [InlineData("29.13.2026")]
    [InlineData("1/2/2026")]
    [InlineData("2026-11-29T25:00")]
    [InlineData("2026-11-29T12:60")]
    [InlineData("2026-11-29T12")]
    [InlineData("2026-11-29 12:30:00 x")]
    [InlineData("2026-11-29T12:30:00+1")]
    [InlineData("2026-11-29T12:30:00.1234567890123")]
    [InlineData("12:30")]
    [InlineData("29 Foo 2026")]
    [InlineData("2026-11/29")]
    [InlineData("2026")]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("٢٠٢٦-11-29")]
    public void Text_that_is_no_date_in_one_way_is_refused(string text) =>
        Assert.False(new Dates().TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.Char[' ', '~'].Array[0, 30].Sample(chars =>
    {
        if (new Dates().TryRead(Encoding.UTF8.GetBytes("2026-11-29" + new string(chars)), out var number))
        {
            Assert.InRange(number, 20785, 20788);
        }
    });

    [Fact]
    public void Order_is_given_or_shown_by_the_first_rows()
    {
        Assert.Equal(31, Read(new Dates(order: DateOrder.DayFirst), "1/2/1970"));
        Assert.Equal(1, Read(new Dates(order: DateOrder.MonthFirst), "1/2/1970"));
        Assert.False(new Dates(order: DateOrder.MonthFirst).TryRead("13/2/1970"u8, out _));

        var shown = new Dates();
        shown.Look("1/2/1970"u8);
        Assert.Null(shown.Order);
        shown.Look("13/2/1970"u8);
        Assert.Equal(DateOrder.DayFirst, shown.Order);
        Assert.Equal(31, Read(shown, "1/2/1970"));
        Assert.False(shown.TryRead("2/13/1970"u8, out _));
        shown.Look("2/13/1970"u8);
        Assert.Null(shown.Order);
    }

    [Fact]
    public void Times_with_an_offset_and_without_are_not_mixed()
    {
        var dates = new Dates(DateUnit.Seconds);
        dates.Look("1970-01-01T00:00:00Z"u8);
        Assert.Equal(60, Read(dates, "1970-01-01T00:01:00Z"));
        Assert.False(dates.TryRead("1970-01-01T00:01:00"u8, out _));
        Assert.Equal("a time with an offset from universal time, as those of the first rows have",
            dates.ExpectedFor("1970-01-01T00:01:00"u8));
    }

    [Fact]
    public void Earliest_date_can_be_told_and_is_an_origin()
    {
        var dates = new Dates();
        Assert.Null(dates.Earliest);
        Read(dates, "2026-11-29");
        Read(dates, "2026-01-02T12:00");
        Read(dates, "2026-05-01");
        Assert.Equal("2026-01-02T12:00:00", dates.TextOf(dates.Earliest!.Value));
        Assert.Equal(0.5, Read(new Dates("2026-01-02T12:00:00"), "2026-01-03"));
        Assert.Equal("2026-01-03", new Dates("2026-01-02T12:00:00").TextOf(0.5));
        Assert.Contains("'1/2/2026' is not a date that can be read in one way",
            Assert.Throws<ArgumentException>(() => new Dates("1/2/2026")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Date_that_can_be_read_in_two_ways_is_told_with_both()
    {
        const string Text = "date,y\n1/2/2026,1\n3/4/2026,2\n";
        Assert.Equal("t.csv(2): column 'date' holds '1/2/2026', expected a date that can be read in one way (with the "
            + "day first it is 2026-02-01, with the month first 2026-01-02); 2 cells cannot be read: '1/2/2026' in "
            + "column 'date' at line 2, '3/4/2026' in column 'date' at line 3; read the day first, or read the month "
            + "first.",
            (await Assert.ThrowsAsync<InvalidDataException>(() => InputsOf(Text, new Dates()))).Message);
        Assert.Equal((double[])[20485, 20546], await InputsOf(Text, new Dates(order: DateOrder.DayFirst)));
    }

    [Fact]
    public async Task Date_of_the_first_rows_shows_what_others_mean() =>
        Assert.Equal((double[])[20485, 20497], await InputsOf("date,y\n1/2/2026,1\n\"13/2/2026\",2\n", new Dates()));

    [Theory]
    [InlineData("Yes", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("t", 1)]
    [InlineData("Y", 1)]
    [InlineData("no", 0)]
    [InlineData("False", 0)]
    [InlineData("F", 0)]
    [InlineData("n", 0)]
    [InlineData("1", null)]
    [InlineData("maybe", null)]
    public void Truth_value_is_1_or_0(string text, int? expected)
    {
        var isRead = new TruthValues().TryRead(Encoding.UTF8.GetBytes(text), out var number);
        Assert.Equal((expected is not null, expected ?? 0), (isRead, number));
    }

    private static double Read(Dates dates, string text)
    {
        Assert.True(dates.TryRead(Encoding.UTF8.GetBytes(text), out var number), text);
        return number;
    }

    private static async Task<double[]> InputsOf(string text, Dates dates)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv",
            null, TestContext.Current.CancellationToken);
        reader.ReadAs("date", dates);
        List<double> rows = [];
        await foreach (var block in reader.ReadAsync(["date"], ["y"], TestContext.Current.CancellationToken))
        {
            rows.AddRange(block.Inputs.Values);
        }

        return [.. rows];
    }
}
