using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// Rows of decimal numbers as they were written, not rounded to doubles: a whole data set, or one block of a longer
/// one.
/// </summary>
public sealed class DecimalRows
{
    private readonly Dataset _parts; // of each number

    /// <summary>The rows as given.</summary>
    /// <param name="inputs">Rows x inputs.</param>
    /// <param name="targets">Rows x targets.</param>
    /// <param name="names">The names of the columns; x1.., y1.. when left out.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public DecimalRows(decimal[,] inputs, decimal[,] targets, VariableNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        _parts = new Dataset(PartsOf(inputs), PartsOf(targets));
        Names = names ?? VariableNames.Default(inputs.GetLength(1), targets.GetLength(1));
        if (Names.Inputs.Count != inputs.GetLength(1) || Names.Targets.Count != targets.GetLength(1))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are names for {Names.Inputs.Count} inputs and {Names.Targets.Count} targets, but "
                        + $"{inputs.GetLength(1)} and {targets.GetLength(1)} columns."), nameof(names));
        }
    }

    /// <summary>The rows of a reader.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="parts">Their numbers, each in its parts.</param>
    internal DecimalRows(VariableNames names, Dataset parts) => (Names, _parts) = (names, parts);

    /// <summary>The names of the columns.</summary>
    public VariableNames Names { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _parts.Rows;

    /// <summary>A weight per row, a double; null where all rows count alike.</summary>
    /// <exception cref="ArgumentException">There are more or fewer weights than rows.</exception>
    public RowWeights? Weights
    {
        get;
        init => field = value is null || value.Values.Length == Rows
            ? value
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"there are {value.Values.Length} weights, but {Rows} "
                    + $"rows; give one per row."),
                nameof(value));
    }

    /// <summary>A number; the columns are the inputs, then the targets.</summary>
    internal DecimalNumber this[int row, int column] => column < Names.Inputs.Count
        ? DecimalNumber.From(_parts.Inputs.Row(row)[(DecimalNumber.Parts * column)..])
        : DecimalNumber.From(_parts.Targets.Row(row)[(DecimalNumber.Parts * (column - Names.Inputs.Count))..]);

    /// <summary>The numbers as whole numbers, each column's of one digit.</summary>
    /// <param name="decimals">The decimals of each column's digit, less than 0 for tens.</param>
    /// <param name="wholes">Rows x columns, the inputs before the targets.</param>
    /// <param name="largest">Receives the largest magnitude of each column.</param>
    /// <returns>False where one is finer than its column's digit, or takes more than 53 bits.</returns>
    internal bool TryScale(ReadOnlySpan<int> decimals, Span<double> wholes, Span<double> largest)
    {
        var (width, inputs) = (decimals.Length, Names.Inputs.Count);
        return TryScale(_parts.Inputs.Values, decimals[..inputs], wholes, width, largest[..inputs])
            && TryScale(_parts.Targets.Values, decimals[inputs..], wholes[Math.Min(inputs, wholes.Length)..], width,
                largest[inputs..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryScale(ReadOnlySpan<double> parts, ReadOnlySpan<int> decimals, Span<double> wholes, int width,
        Span<double> largest)
    {
        for (var row = 0; parts.Length > 0; row++)
        {
            var target = wholes.Slice(row * width, decimals.Length);
            for (var j = 0; j < target.Length; j++)
            {
                var number = DecimalNumber.From(parts[(DecimalNumber.Parts * j)..]);
                var whole = number.IsZero ? 0 : number.Scaled(decimals[j] - number.Decimals);
                if (double.IsNaN(whole))
                {
                    return false;
                }

                target[j] = whole;
                largest[j] = Math.Max(largest[j], Math.Abs(whole));
            }

            parts = parts[(DecimalNumber.Parts * decimals.Length)..];
        }

        return true;
    }

    /// <summary>The same rows in the nearest doubles.</summary>
    public Dataset ToDataset() => new(
        Matrix.Create(Rows, Names.Inputs.Count, (i, j) => this[i, j].ToDouble()),
        Matrix.Create(Rows, Names.Targets.Count, (i, j) => this[i, Names.Inputs.Count + j].ToDouble()),
        Names)
    {
        Weights = Weights,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Shown.Count(Rows, "row")} of decimals, {Shown.Names(Names)}";

    /// <summary>A target's numbers in the nearest doubles.</summary>
    internal double[] Target(int target) =>
        [.. Enumerable.Range(0, Rows).Select(i => this[i, Names.Inputs.Count + target].ToDouble())];

    /// <summary>The same rows, weighed, without their last target: the column that the weights were in.</summary>
    internal DecimalRows WithoutLastTarget(RowWeights weights)
    {
        var targets = Names.Targets.Count - 1;
        var kept = Matrix.Create(Rows, DecimalNumber.Parts * targets, (i, j) => _parts.Targets[i, j]);
        var names = new VariableNames(Names.Inputs, [.. Names.Targets.Take(targets)]);
        return new DecimalRows(names, new Dataset(_parts.Inputs, kept)) { Weights = weights };
    }

    /// <summary>The rows whose weight is not 0.</summary>
    internal DecimalRows WithoutWeightZero()
    {
        if (Weights is not { } weights || !weights.Values.Contains(0.0))
        {
            return this;
        }

        int[] kept = [.. Enumerable.Range(0, Rows).Where(i => weights.Memory.Span[i] != 0)];
        Matrix Pick(Matrix parts) => Matrix.Create(kept.Length, parts.Columns, (i, j) => parts[kept[i], j]);
        var parts = new Dataset(Pick(_parts.Inputs), Pick(_parts.Targets));
        return new DecimalRows(Names, parts) { Weights = weights.Pick(kept) };
    }

    /// <summary>The most digits of a number that says more than its double does; 0 where none does.</summary>
    internal int DigitsBeyondDoubles() =>
        Math.Max(DigitsBeyondDoubles(_parts.Inputs.Values), DigitsBeyondDoubles(_parts.Targets.Values));

    private static int DigitsBeyondDoubles(ReadOnlySpan<double> parts)
    {
        var most = 0;
        for (var place = 0; place < parts.Length; place += DecimalNumber.Parts)
        {
            if (parts[place + 1] == 0)
            {
                continue; // its digits are those of one double
            }

            var number = DecimalNumber.From(parts[place..]);
            most = number.SaysMoreThanDouble() ? Math.Max(most, number.Top + number.Decimals) : most;
        }

        return most;
    }

    private static Matrix PartsOf(decimal[,] numbers)
    {
        var parts = new Matrix(numbers.GetLength(0), DecimalNumber.Parts * numbers.GetLength(1));
        for (var i = 0; i < numbers.GetLength(0); i++)
        {
            for (var j = 0; j < numbers.GetLength(1); j++)
            {
                var number = numbers[i, j];
                DecimalNumber.Of(DigitsOf(number), number.Scale)
                    .CopyTo(parts.WritableRow(i)[(DecimalNumber.Parts * j)..]);
            }
        }

        return parts;
    }

    private static BigInteger DigitsOf(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var digits = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return number < 0 ? -digits : digits;
    }
}
