namespace Plumb;

/// <summary>Rows that follow each other in pieces: what is between the pieces.</summary>
/// <param name="sums">The sums of neighbours.</param>
/// <param name="fromStart">Whether the first row is the first of all, and not only of a block.</param>
internal sealed class RowChain(NeighbourSums sums, bool fromStart)
{
    /// <summary>The last two rows so far, or fewer.</summary>
    public double[][] Last { get; private set; } = [];

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Last = [];

    /// <summary>Adds a piece.</summary>
    /// <param name="head">Its first two rows, or fewer.</param>
    /// <param name="tail">Its last two, where it has two or more.</param>
    public void Join(double[][] head, double[][] tail)
    {
        for (var i = 0; i < head.Length; i++)
        {
            if (Last.Length > 0 && i == 0)
            {
                sums.AddStep(Last[^1], head[i]);
            }

            if (Last.Length > (fromStart ? 0 : 1))
            {
                sums.AddBend(Last.Length > 1 ? Last[^2] : null, Last[^1], head[i]);
            }

            Last = [.. Last.TakeLast(1), head[i]];
        }

        Last = head.Length > 1 ? tail : Last;
    }

    /// <summary>Ends the last row of all.</summary>
    public void Finish()
    {
        if (Last.Length > 1)
        {
            sums.AddBend(Last[^2], Last[^1], null);
        }
    }
}
