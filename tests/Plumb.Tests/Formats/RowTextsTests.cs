using System.Text;

namespace Plumb.Tests;

/// <summary>Rows beside the texts that they stand in: no row is left out, and no text changes.</summary>
public sealed class RowTextsTests
{
    [Fact]
    public void Every_text_comes_back_with_its_row()
    {
        string[] awkward = ["", "NA", "1.50", "-0", "=1+1", "a \"b\" c", "x\ny", " ", "ü,;", "1e400"];
        string[] cells = ["1.5", "-2", "", "NaN"];
        var text = Gen.Int[0, awkward.Length - 1].Select(i => awkward[i]);
        Gen.Select(text, Gen.Int[0, 3].Select(i => cells[i])).List[1, 5000].Sample(rows =>
        {
            // A row without any value, at the end, is none.
            var quoted = rows.Select(row => $"1,\"{row.Item1.Replace("\"", "\"\"")}\",{row.Item2}\n");
            var (numbers, texts) = Read("id,t,x\n" + string.Concat(quoted), ["x"], ["x", "t"]);
            Assert.Equal(rows.Select(row => row.Item1), texts.Select(row => row[1]));
            Assert.Equal(rows.Select(row => row.Item2), texts.Select(row => row[0]));
            Assert.Equal(rows.Select(row => row.Item2 is "" or "NaN" ? double.NaN : row.Item2 == "1.5" ? 1.5 : -2),
                numbers);
        }, iter: 20);
    }

    [Fact]
    public void Cell_that_is_no_number_is_refused_only_where_a_number_is_wanted()
    {
        Assert.Single(Read("t,x\nb,1\n", ["x"], ["t"]).Numbers);
        var refusal = Assert.Throws<InvalidDataException>(() => Read("t,x\nb,1\nb,2\nb,3\nb,c\n", ["x"], ["t"]));
        Assert.StartsWith("f.csv(5): column 'x' holds 'c'", refusal.Message, StringComparison.Ordinal);
    }

    private static (List<double> Numbers, List<string?[]> Texts) Read(string csv, string[] inputs, string[] wanted)
    {
        var (numbers, texts) = (new List<double>(), new List<string?[]>());
        ReadAsync().GetAwaiter().GetResult();
        return (numbers, texts);

        async Task ReadAsync()
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "f.csv");
            await foreach (var (rows, cells) in reader.ReadWithTextsAsync(inputs, [], wanted))
            {
                Assert.Equal(rows.Rows, cells.Rows);
                for (var i = 0; i < rows.Rows; i++)
                {
                    numbers.Add(rows.Inputs[i, 0]);
                    texts.Add([.. Enumerable.Range(0, wanted.Length).Select(j => cells[i, j])]);
                }
            }
        }
    }
}
