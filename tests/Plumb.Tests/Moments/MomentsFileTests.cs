using static Plumb.Tests.MomentsTests;

namespace Plumb.Tests;

/// <summary>Moments as bytes.</summary>
public sealed class MomentsFileTests
{
    [Fact]
    public void Save_gives_equal_bytes_for_rows_in_any_order_and_Load_gives_them_back() =>
        Gen.Select(s_data, Gen.Long).Sample((data, seed) =>
        {
            var order = Enumerable.Range(0, data.Rows).ToArray();
            Shuffle(order, new RandomSource(seed));
            var bytes = Bytes(Moments.Of(data));
            var loaded = Moments.Load(new MemoryStream(bytes));
            return bytes.AsSpan().SequenceEqual(Bytes(Moments.Of(Pick(data, order)))) && loaded.Equals(Moments.Of(data))
                && loaded.Names.Equals(data.Names);
        });

    [Fact]
    public void Load_refuses_two_columns_of_one_name()
    {
        var bytes = Bytes(new Moments(2, 1))[..^32];
        bytes[bytes.AsSpan().IndexOf("x2"u8) + 1] = (byte)'1';
        var refusal = Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(
            [.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)])));
        Assert.Contains("two columns of one name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_every_single_damaged_byte_and_every_truncation()
    {
        var bytes = Bytes(Moments.Of(ToDataset([[1, 2, 3, 4], [2, 3, 5, 7], [-1, 0.5, 1e300, 0]])));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(bytes[..i])));
        }

        Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream([.. bytes, 0])));
    }
}
