using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>One array of a file: its name and shape are known, its numbers are read when it is chosen.</summary>
/// <param name="Place">File and array, for messages.</param>
/// <param name="Name">Its key in the file; empty in a file of one array.</param>
/// <param name="Shape">Its lengths, the slowest index first.</param>
/// <param name="Type">The type of its numbers; null for one that is not read.</param>
/// <param name="TypeName">What the file calls that type.</param>
internal sealed record StoredArray(string Place, string Name, IReadOnlyList<long> Shape, ElementType? Type,
    string TypeName)
{
    public const long MostBytes = 1 << 28; // of a file: room for thirty million weights; more is surely something else

    private const double MostExact = 9007199254740992; // 2^53

    /// <summary>Gives the bytes of its numbers, as many as shape and type say.</summary>
    public required Func<ReadOnlyMemory<byte>> Bytes { get; init; }

    public bool IsBigEndian { get; init; }

    /// <summary>Whether the first index runs fastest.</summary>
    public bool IsFortran { get; init; }

    /// <summary>What each element of a list is called; null where they have no names.</summary>
    public IReadOnlyList<string>? ElementNames { get; init; }

    /// <summary>The characters of each element where these are texts; null where they are not.</summary>
    public int? TextLength { get; init; }

    public string ShapeText => Shape.Count == 0 ? "a single number"
        : string.Join(" x ", Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What a user should know of numbers that hold few digits; null of others.</summary>
    public Finding? FewDigits => Type is { } type && type.SignificandBits < ElementType.Float32.SignificandBits
        ? new Finding(Severity.Warning, "few-digits",
            string.Create(CultureInfo.InvariantCulture,
                $"{Place}: holds {type.Name}, {(type == ElementType.Float16 ? 3 : 2)} decimal digits per number; what "
                    + $"is finer than that was lost when it was written."), "Store float32 or float64.")
        : null;

    /// <summary>How many numbers a shape holds.</summary>
    /// <exception cref="InvalidDataException">More than a file of weights can hold.</exception>
    public static long CountOf(string place, IReadOnlyList<long> shape, int bytesEach)
    {
        var count = new System.Numerics.BigInteger(1);
        foreach (var length in shape)
        {
            count *= length;
        }

        return count * bytesEach <= MostBytes
            ? (long)count
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{place}: the shape ({string.Join(", ", shape)}) needs "
                    + $"{count * bytesEach} bytes, more than the {MostBytes >> 20} MB that are read; name another "
                        + $"array, or store fewer weights."));
    }

    /// <summary>The numbers, the last index running fastest.</summary>
    /// <param name="findings">Receives what a user should know about them.</param>
    /// <exception cref="InvalidDataException">They are of a type that is not read, or not finite.</exception>
    public double[] Read(ICollection<Finding> findings)
    {
        if (Type is not { } type || type == ElementType.Boolean)
        {
            throw NotNumbers();
        }

        var values = new double[CountOf(Place, Shape, type.Bytes)];
        var bytes = Bytes().Span;
        var isRounded = false;
        for (var i = 0; i < values.Length; i++)
        {
            var target = IsFortran ? PlaceOf(i) : i;
            values[target] = Number(type, bytes.Slice(i * type.Bytes, type.Bytes));
            isRounded |= type.MayExceedDoubles && Math.Abs(values[target]) > MostExact;
            if (!double.IsFinite(values[target]))
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{Place}: element {IndexOf(target)} is {values[target]}, expected a finite number; training "
                            + $"has diverged, or the file is damaged."));
            }
        }

        Describe(type, isRounded, findings);
        return values;
    }

    /// <summary>The exception for elements that are not read.</summary>
    public InvalidDataException NotNumbers() =>
        new($"{Place}: holds elements of type {Escaped.Of(TypeName)}, expected numbers; store floats or integers, "
            + $"such as float64.");

    /// <summary>The texts of an array that has them.</summary>
    public string[] ReadTexts()
    {
        var bytes = Bytes();
        var bytesEach = NpyHeader.CharacterBytes * TextLength!.Value;
        return [.. Enumerable.Range(0, (int)Shape[0])
            .Select(i => Encoding.UTF32.GetString(bytes.Span.Slice(i * bytesEach, bytesEach)).TrimEnd('\0'))];
    }

    private double Number(ElementType type, ReadOnlySpan<byte> bytes)
    {
        if (!IsBigEndian)
        {
            return type.Read(bytes);
        }

        Span<byte> reversed = stackalloc byte[sizeof(double)];
        bytes.CopyTo(reversed);
        reversed[..bytes.Length].Reverse();
        return type.Read(reversed[..bytes.Length]);
    }

    // Where element i in Fortran's order lies in C's: the last two lengths are all there are.
    private int PlaceOf(int i) => Shape.Count < 2 ? i : (int)(i % Shape[0] * Shape[1] + i / Shape[0]);

    private string IndexOf(int place) => Shape.Count == 2
        ? FormattableString.Invariant($"[{place / Shape[1]}, {place % Shape[1]}]")
        : FormattableString.Invariant($"[{place}]");

    private void Describe(ElementType type, bool isRounded, ICollection<Finding> findings)
    {
        if (isRounded)
        {
            findings.Add(
                new Finding(Severity.Warning, "integers-rounded",
                    $"{Place}: holds whole numbers beyond 2^53, which doubles cannot hold; they were rounded.",
                    "Store such numbers as float64, if their last digits do not matter."));
        }

        if (FewDigits is { } fewDigits)
        {
            findings.Add(fewDigits);
        }
        else if (type == ElementType.Float32)
        {
            findings.Add(
                new Finding(Severity.Information, "float32",
                    $"{Place}: holds float32, 7 decimal digits per number; what is finer than that counts as rounding.",
                    ""));
        }
    }
}
