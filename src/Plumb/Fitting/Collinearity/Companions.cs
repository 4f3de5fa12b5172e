using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The inputs that an input moves together with: chosen one by one, each the one that explains most of what those
/// before it leave,
/// until they leave no more than twice what all the others do.
/// </summary>
internal static class Companions
{
    private const double NearlyAll = 2; // times what all the others leave unexplained

    /// <summary>Their places among the inputs.</summary>
    /// <param name="precision">The inputs.</param>
    /// <param name="place">The input's place among them.</param>
    public static List<int> Of(InputPrecision precision, int place)
    {
        var size = precision.Inputs.Length;
        var wanted = NearlyAll / precision.Inverse[place, place].High;
        var (chosen, rows) = (new List<int>(), new List<DoubleDouble[]>());
        var rests = new DoubleDouble[size]; // of each input's square, once those chosen have explained what they can
        var shared = new DoubleDouble[size]; // products with the input, likewise
        for (var k = 0; k < size; k++)
        {
            (rests[k], shared[k]) = (1, precision.Products[place, k]);
        }

        while (rests[place].High > wanted && chosen.Count < size - 1)
        {
            var (best, most) = (-1, double.NegativeInfinity);
            for (var k = 0; k < size; k++)
            {
                var explained = k == place || chosen.Contains(k) ? double.NegativeInfinity
                    : (shared[k] * shared[k] / rests[k]).High;
                (best, most) = explained > most ? (k, explained) : (best, most);
            }

            var row = new DoubleDouble[size];
            var root = DoubleDouble.Sqrt(rests[best]);
            for (var k = 0; k < size; k++)
            {
                var product = precision.Products[best, k];
                foreach (var earlier in rows)
                {
                    product -= earlier[best] * earlier[k];
                }

                row[k] = product / root;
                rests[k] -= row[k] * row[k];
            }

            for (var k = 0; k < size; k++)
            {
                shared[k] -= row[place] * row[k];
            }

            chosen.Add(best);
            rows.Add(row);
        }

        return chosen;
    }
}
