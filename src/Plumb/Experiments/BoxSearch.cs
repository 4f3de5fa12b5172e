namespace Plumb.Experiments;

/// <summary>
/// Looks for the point of a box where a score is largest, by changing one coordinate at a time to the best of its
/// levels, from corners of the box, until nothing improves.
/// Meyer and Nachtsheim, The coordinate-exchange algorithm for constructing exact optimal experimental designs,
/// Technometrics 37, 1995.
/// </summary>
/// <param name="box">The box.</param>
/// <param name="areWhole">For each column, whether only whole numbers between its bounds are points.</param>
internal sealed class BoxSearch(CandidatePoints.Box box, IReadOnlyList<bool> areWhole)
{
    private const int PlacesEach = 21; // of each column
    private const int MostStarts = 256;
    private const double Noticeable = 1 + 1e-9; // less is rounding, and a tie goes to the point that was found first

    /// <summary>The best point.</summary>
    public double[] Best(Func<double[], double> score)
    {
        var (best, highest) = ((double[])[.. box.Low], double.NegativeInfinity);
        foreach (var start in Starts())
        {
            var reached = Climb(start, score);
            if (reached > Math.Max(highest * Noticeable, highest))
            {
                (best, highest) = (start, reached);
            }
        }

        return best;
    }

    /// <summary>All corners where they are few; otherwise some, drawn from a fixed seed.</summary>
    private IEnumerable<double[]> Starts()
    {
        var (columns, random) = (box.Low.Count, new RandomSource(1));
        var all = columns < 31 && 1 << columns <= MostStarts;
        for (var i = 0; i < (all ? 1 << columns : MostStarts); i++)
        {
            var corner = i;
            yield return [.. Enumerable.Range(0, columns)
                .Select(j => (all ? (corner >> j & 1) == 1 : random.NextIndex(2) == 1) ? box.High[j] : box.Low[j])];
        }
    }

    private double Climb(double[] point, Func<double[], double> score)
    {
        var highest = score(point);
        for (var improved = true; improved;)
        {
            improved = false;
            for (var j = 0; j < point.Length; j++)
            {
                var kept = point[j];
                var places = areWhole[j] ? (int)(box.High[j] - box.Low[j]) + 1 : PlacesEach;
                for (var place = 0; place < places; place++)
                {
                    point[j] = place == places - 1 ? box.High[j]
                        : box.Low[j] + (box.High[j] - box.Low[j]) * place / (places - 1);
                    if (score(point) is var found && found > highest * Noticeable)
                    {
                        (highest, kept, improved) = (found, point[j], true);
                    }
                }

                point[j] = kept;
            }
        }

        return highest;
    }
}
