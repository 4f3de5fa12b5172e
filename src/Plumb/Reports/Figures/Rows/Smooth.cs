namespace Plumb.Reports;

/// <summary>
/// A smooth line through points: straight lines fitted near each place, twice more with less weight on what lies far
/// off. Cleveland, Journal of the American Statistical Association 74 (1979).
/// </summary>
internal static class Smooth
{
    private const double Span = 2.0 / 3; // of the points are near a place
    private const int Places = 60;
    private const int Rounds = 3;

    /// <summary>The line from the least x to the largest; empty where all points share one.</summary>
    /// <param name="points">Finite; weights are positive.</param>
    public static IReadOnlyList<(double X, double Y)> Through(IEnumerable<(double X, double Y, double Weight)> points)
    {
        (double X, double Y, double Weight)[] sorted = [.. points.OrderBy(point => point.X)];
        const int Fewest = 5;
        if (sorted.Length < Fewest || !(sorted[^1].X - sorted[0].X is > 0 and < double.PositiveInfinity))
        {
            return [];
        }

        var trust = new double[sorted.Length];
        Array.Fill(trust, 1);
        (double X, double Y)[] line = [];
        for (var round = 0; round < Rounds; round++)
        {
            line =
            [
                .. Enumerable.Range(0, Places).Select(i => i / (Places - 1.0))
                    .Select(t => sorted[0].X * (1 - t) + sorted[^1].X * t)
                    .Select(x => (x, Near(sorted, trust, x))),
            ];
            Distrust(sorted, line, trust);
        }

        return line;
    }

    private static double Near((double X, double Y, double Weight)[] points, double[] trust, double at)
    {
        var reach = Reach(points, at);
        var (sum, sumX, sumY, sumXX, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            var x = (points[i].X - at) / reach;
            if (Math.Abs(x) < 1)
            {
                var cube = 1 - Math.Abs(x * x * x);
                var weight = points[i].Weight * trust[i] * cube * cube * cube;
                sum += weight;
                sumX += weight * x;
                sumY += weight * points[i].Y;
                sumXX += weight * x * x;
                sumXY += weight * x * points[i].Y;
            }
        }

        var spread = sumXX - sumX * sumX / sum;
        return spread > 1e-9 * sumXX ? (sumY - sumX * (sumXY - sumX * sumY / sum) / spread) / sum : sumY / sum;
    }

    // How far the nearest share of the points reaches; points are in order, so that the nearest stand together.
    private static double Reach((double X, double Y, double Weight)[] points, double at)
    {
        var needed = Span * points.Sum(point => point.Weight);
        var right = Array.FindIndex(points, point => point.X >= at);
        right = right < 0 ? points.Length : right;
        var left = right - 1;
        var (reach, found) = (0.0, 0.0);
        while (found < needed && (left >= 0 || right < points.Length))
        {
            var toLeft = left >= 0 ? at - points[left].X : double.PositiveInfinity;
            var toRight = right < points.Length ? points[right].X - at : double.PositiveInfinity;
            var nearest = toLeft <= toRight ? left-- : right++;
            reach = Math.Min(toLeft, toRight);
            found += points[nearest].Weight;
        }

        var range = points[^1].X - points[0].X;
        return Math.Max(reach, range * 1e-3) * 1.001; // the farthest counts a little
    }

    // Tukey's biweight of the distance from the line in units of six medians.
    private static void Distrust((double X, double Y, double Weight)[] points, (double X, double Y)[] line,
        double[] trust)
    {
        double[] distances = [.. points.Select(point => Math.Abs(point.Y - On(line, point.X)))];
        var most = 6 * distances.Order().ElementAt(distances.Length / 2);
        for (var i = 0; i < trust.Length; i++)
        {
            var share = most > 0 ? distances[i] / most : 0;
            trust[i] = share < 1 ? (1 - share * share) * (1 - share * share) : 0;
        }
    }

    private static double On((double X, double Y)[] line, double x)
    {
        var place = (x - line[0].X) / (line[^1].X - line[0].X) * (line.Length - 1);
        var i = Math.Clamp((int)place, 0, line.Length - 2);
        return line[i].Y + (place - i) * (line[i + 1].Y - line[i].Y);
    }
}
