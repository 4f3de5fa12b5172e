using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether residuals hang together in the groups of a column: F of the groups' means, beyond the inputs, their squares,
/// and squares and cubes of the predictions, so that a curve does not pose as groups. Searle, Casella and McCulloch,
/// Variance Components, section 3.6; the sums within groups by Frisch and Waugh.
/// </summary>
internal sealed class GroupTests
{
    private const double Chance = 1e-5; // over all columns and targets
    private const double ChanceOfTheRest = 1e-3; // without the group that stands out most
    private const double ChanceByOwnNoise = 1e-4;
    private const int FewGroups = 5; // of which none is one too many
    private const long FewestDegreesOfFreedom = 5;
    private const int FewestRows = 4; // of a group, to know its own noise
    private const double Dependent = 1e-8; // of a column's squared length

    private readonly RowFrame _frame;
    private readonly RowSums _sums;
    private readonly GroupSums _groups;

    /// <summary>Tests of all columns that may group the rows.</summary>
    public GroupTests(RowFrame frame, RowSums sums, GroupSums groups) =>
        (_frame, _sums, _groups) = (frame, sums, groups);

    /// <summary>The column whose groups show most that residuals of a target hang together; null where none
    /// does.</summary>
    /// <param name="target">The target.</param>
    public CorrelatedGroups? Of(int target)
    {
        CorrelatedGroups? best = null;
        var tested = 0;
        for (var column = 0; column < _groups.Names.Count; column++)
        {
            if (_groups.Of(column) is { Count: > 1 } groups && TestOf(target, column, groups) is { } found)
            {
                tested++;
                best = found.IsRobust && !(best?.Test.PValue <= found.Groups.Test.PValue) ? found.Groups : best;
            }
        }

        return best is not null && best.Test.PValue * tested * _frame.Targets.Length < Chance ? best : null;
    }

    private (CorrelatedGroups Groups, bool IsRobust)? TestOf(int target, int column,
        IReadOnlyList<GroupSums.Group> groups)
    {
        var residual = _frame.PlaceOfTarget(target) + 2;
        int[] places = [.. Enumerable.Range(0, _frame.Coordinates),
            .. _frame.Fit.Settings.Bias ? [_frame.PlaceOfConstant] : Array.Empty<int>(),
            .. _frame.HasSquares ? Enumerable.Range(_frame.PlaceOfSquares, _frame.Coordinates) : [],
            _frame.PlaceOfTarget(target), _frame.PlaceOfTarget(target) + 1, residual];
        var all = new double[places.Length, places.Length];
        var within = new double[places.Length, places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                all[i, j] = within[i, j] = _sums.Weighted(places[i], places[j]).High;
                foreach (var group in groups)
                {
                    within[i, j] -= group.Sums[places[i]] * group.Sums[places[j]] / group.Sums[_frame.PlaceOfConstant];
                }
            }
        }

        double[] scales = [.. places.Select((_, i) => all[i, i])];
        var (before, rank) = Rest(all, scales);
        var (after, rankWithin) = Rest(within, scales);
        var added = groups.Count + rankWithin - rank;
        var freedom = _frame.Fit.Rows - groups.Count - rankWithin;
        if (added < 1 || freedom < FewestDegreesOfFreedom || !(after > 0))
        {
            return null;
        }

        var noise = after / freedom;
        var f = (before - after) / added / noise;
        var size = (double)_frame.Fit.Rows / groups.Count;
        double[] squares = [.. groups.Select(group => Math.Pow(group.Sums[residual], 2)
            / group.Sums[_frame.PlaceOfConstant])];
        var test = new HypothesisTest("groups", "F of the means of groups", _frame.Names.Targets[target], f,
            [added, freedom], FisherF.UpperTail(f, added, freedom))
        {
            Input = _groups.Names[column],
        };
        return (new CorrelatedGroups(_groups.Names[column], groups.Count, (f - 1) / (f - 1 + size), test),
            Welch(target, groups) < ChanceByOwnNoise && (added < FewGroups
                || FisherF.UpperTail((before - after - squares.Max()) / (added - 1) / noise, added - 1, freedom)
                    < ChanceOfTheRest));
    }

    /// <summary>
    /// The same by each group's own noise, as one that is noisier than the others may lie far off by chance. Welch,
    /// Biometrika 38, 1951.
    /// </summary>
    private double Welch(int target, IReadOnlyList<GroupSums.Group> groups)
    {
        var place = _frame.PlaceOfTarget(target);
        (double Mean, double Weight, double Rows)[] known = [.. groups.Where(group => group.Rows >= FewestRows)
            .Select(group =>
            {
                var (sum, weights) = (group.Sums[place + 2], group.Sums[_frame.PlaceOfConstant]);
                var variance = (group.Sums[place + 3] - sum * sum / weights) / (group.Rows - 1);
                return (sum / weights, weights / variance, (double)group.Rows);
            })];
        var all = known.Sum(group => group.Weight);
        if (known.Length < 2 || !double.IsFinite(all))
        {
            return 1; // nothing is known of their own noise
        }

        var mean = known.Sum(group => group.Weight * group.Mean) / all;
        var uneven = known.Sum(group => Math.Pow(1 - group.Weight / all, 2) / (group.Rows - 1));
        var (count, squares) = ((double)known.Length, known.Length * (double)known.Length - 1);
        var f = known.Sum(group => group.Weight * Math.Pow(group.Mean - mean, 2)) / (count - 1)
            / (1 + 2 * (count - 2) / squares * uneven);
        return FisherF.UpperTail(f, count - 1, squares / (3 * uneven));
    }

    /// <summary>
    /// What is left of the last column's square once the others have explained what they can, and how many of them do:
    /// by Cholesky's factorization, in which columns that others make up are passed over.
    /// </summary>
    private static (double Square, int Rank) Rest(double[,] gram, double[] scales)
    {
        var (size, rank) = (scales.Length, 0);
        for (var k = 0; k < size - 1; k++)
        {
            if (!(gram[k, k] > Dependent * scales[k]))
            {
                continue;
            }

            rank++;
            for (var i = k + 1; i < size; i++)
            {
                var factor = gram[i, k] / gram[k, k];
                for (var j = k + 1; j <= i; j++)
                {
                    gram[i, j] -= factor * gram[j, k];
                }
            }
        }

        return (gram[size - 1, size - 1], rank);
    }
}
