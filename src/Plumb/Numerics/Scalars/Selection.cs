namespace Plumb.Numerics;

/// <summary>
/// The k-th smallest of some numbers, without sorting them. Hoare, Algorithm 65: Find, Communications of the ACM 4,
/// 1961.
/// </summary>
internal static class Selection
{
    /// <summary>The k-th smallest, k from 1; the numbers are put in another order.</summary>
    public static double Smallest(Span<double> values, int k)
    {
        var (low, high, wanted) = (0, values.Length - 1, k - 1);
        while (low < high)
        {
            // The median of three as the pivot: the rows come sorted by another fit's residuals.
            var middle = low + (high - low) / 2;
            var (a, b, c) = (values[low], values[middle], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            (low, high) = wanted <= right ? (low, right) : wanted >= left ? (left, high) : (wanted, wanted);
        }

        return values[low];
    }
}
