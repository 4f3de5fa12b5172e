using Plumb.Numerics;

namespace Plumb;

/// <summary>Looks for the rows of one target that stand out: those too far from what the others say, and the one that moves the fit most.</summary>
internal sealed class RowSearch
{
    private const double Alone = 1e-10; // of 1: what is left of a leverage of 1 is rounding
    private const double Cancelled = 1e-13; // of the residual sum of squares: what is left of it below that is rounding
    private const int MostOutliers = 10; // told one by one

    private readonly LinearFit _fit;
    private readonly string _target;
    private readonly double _sumOfSquares;
    private readonly double _critical; // studentized residual
    private readonly List<RowInfluence> _outliers = [];
    private double _least; // of the outliers kept

    public RowSearch(LinearFit fit, int target)
    {
        (_fit, _target, _sumOfSquares) = (fit, fit.Names.Targets[target], fit.ResidualSumOfSquares[target]);
        var freedom = fit.ResidualDegreesOfFreedom;
        _critical = freedom > 1 ? StudentT.UpperQuantile(RowFindings.Level / (2.0 * fit.Rows), freedom - 1) : double.PositiveInfinity;
    }

    /// <summary>The farthest first.</summary>
    public IEnumerable<RowInfluence> Outliers => _outliers.OrderByDescending(row => Math.Abs(row.StudentizedResidual)).ThenBy(row => row.Row);

    public RowInfluence? MostInfluential { get; private set; }

    /// <returns>Whether the row is an outlier.</returns>
    public bool Add(long row, double leverage, double residual)
    {
        var rest = 1 - leverage;
        if (rest <= Alone)
        {
            return false; // it determines a direction alone, and so its own prediction
        }

        var freedom = _fit.ResidualDegreesOfFreedom;
        var explained = residual * residual / rest;
        var cook = explained * leverage / (rest * (_sumOfSquares / freedom) * _fit.Rank);
        var without = freedom > 1 ? Math.Max(_sumOfSquares - explained, Cancelled * _sumOfSquares) / (freedom - 1) : double.NaN;
        var studentized = residual / Math.Sqrt(without * rest);
        var isOutlier = Math.Abs(studentized) > _critical;
        var isWorst = MostInfluential is null || cook > MostInfluential.CooksDistance;
        if (isWorst || isOutlier)
        {
            var p = freedom > 1 ? Math.Min(1, 2.0 * _fit.Rows * StudentT.UpperTail(Math.Abs(studentized), freedom - 1)) : double.NaN;
            var influence = new RowInfluence(row, _target, leverage, cook, studentized, p);
            MostInfluential = isWorst ? influence : MostInfluential;
            Keep(isOutlier ? influence : null);
        }

        return isOutlier;
    }

    private void Keep(RowInfluence? outlier)
    {
        if (outlier is null || (_outliers.Count == MostOutliers && Math.Abs(outlier.StudentizedResidual) <= _least))
        {
            return;
        }

        if (_outliers.Count == MostOutliers)
        {
            _outliers.Remove(_outliers.MinBy(row => Math.Abs(row.StudentizedResidual))!);
        }

        _outliers.Add(outlier);
        _least = _outliers.Min(row => Math.Abs(row.StudentizedResidual));
    }
}
