using System.Globalization;

namespace Plumb.Training;

/// <summary>Rows split at random into those to train on and those held out to judge by.</summary>
/// <param name="Training">The rows to train on, in their order.</param>
/// <param name="Judging">The rows held out, in their order.</param>
public sealed record HeldOut(Dataset Training, Dataset Judging)
{
    private const int SplitStream = 4; // of the seed

    /// <summary>Holds out a part of the rows, chosen by the seed.</summary>
    /// <param name="data">The rows, two or more.</param>
    /// <param name="part">The part to hold out, between 0 and 1; at least one row is held out, and at least one
    /// kept.</param>
    /// <param name="seed">Decides which rows.</param>
    /// <exception cref="ArgumentException">There are too few rows, or the part is out of its range.</exception>
    public static HeldOut Split(Dataset data, double part, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(part > 0 && part < 1) || data.Rows < 2)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"a part {part} of {data.Rows} rows cannot be held out; take a part between 0 and 1 of two rows or "
                        + $"more."));
        }

        var wanted = Math.Clamp((int)Math.Round(part * data.Rows), 1, data.Rows - 1);
        var random = new RandomSource(seed, SplitStream);
        var (training, judging) = (new List<int>(), new List<int>());
        for (var i = 0; i < data.Rows; i++)
        {
            // Each set of rows is as likely as any other: Knuth, The Art of Computer Programming, volume 2, section
            // 3.4.2, algorithm S.
            (random.NextIndex(data.Rows - i) < wanted - judging.Count ? judging : training).Add(i);
        }

        return new HeldOut(Pick(data, training), Pick(data, judging));
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(HeldOut), PrintMembers);

    private static Dataset Pick(Dataset data, List<int> rows) => new(
        Matrix.Create(rows.Count, data.Inputs.Columns, (i, j) => data.Inputs[rows[i], j]),
        Matrix.Create(rows.Count, data.Targets.Columns, (i, t) => data.Targets[rows[i], t]),
        data.Names)
    {
        Weights = data.Weights?.Pick(rows),
    };
}
