using System.Text;

namespace Plumb.Tests;

/// <summary>Models and arrays that make no sense are refused with a reason, in little memory.</summary>
public sealed class HostileModelTests
{
    [Theory]
    [InlineData("""{"weights":[[1,2]],"bias":[1],"inputs":["a","b"],"targets":["a"]}""")]
    [InlineData("""{"weights":[[1,2]],"bias":[1],"inputs":["y1","b"]}""")]
    [InlineData("""{"coef_":[[1,2]],"intercept_":[1],"inputs":["a","b"],"targets":["b"]}""")]
    [InlineData("""{"a": {"const": 1, "a": 2}}""")]
    public void A_target_that_is_its_own_input_is_refused(string json)
    {
        var refusal = Assert.Throws<InvalidDataException>(() =>
            WeightsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "m.json").ToModel());
        Assert.Contains("a name of its own for each", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"weights\":[[", "1,", "1]],\"bias\":[1,2]}")]
    [InlineData("{\"weights\":[", "[1],", "[1]],\"bias\":[1,2]}")]
    [InlineData("[", "1,", "\"x\"]")]
    [InlineData("{\"coef_\":[", "[1],", "[2,3]]}")]
    [InlineData("{\"weights\":[[1]],\"bias\":[1],\"undetermined\":[", "{},", "{}]}")]
    public void A_long_file_is_refused_in_memory_of_a_few_times_its_length(string begin, string again, string end)
    {
        var file = Encoding.UTF8.GetBytes(begin + string.Concat(Enumerable.Repeat(again, 500_000)) + end);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(file), "m.json").ToModel());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64L * file.Length);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void An_array_without_columns_holds_no_rows(int rows, int columns)
    {
        var header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".PadRight(117) + "\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header)];
        var refusal = Assert.Throws<InvalidDataException>(() => ArrayReader.Open(new MemoryStream(file), "a.npy"));
        Assert.Contains("expected rows, or rows x columns", refusal.Message, StringComparison.Ordinal);
    }
}
