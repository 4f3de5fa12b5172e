namespace Plumb.Diagnosis;

/// <summary>Least squares for one unknown or two, as sums of products.</summary>
internal sealed class PairSums
{
    private double _first;
    private double _cross;
    private double _second;
    private double _firstRight;
    private double _secondRight;

    /// <summary>Adds an equation first * a + second * b = right.</summary>
    public void Add(double first, double second, double right, double weight) =>
        Add(weight * first * first, weight * first * second, weight * second * second, weight * first * right,
            weight * second * right);

    /// <summary>Adds sums of products.</summary>
    public void Add(double first, double cross, double second, double firstRight, double secondRight)
    {
        _first += first;
        _cross += cross;
        _second += second;
        _firstRight += firstRight;
        _secondRight += secondRight;
    }

    /// <summary>The unknowns that the kind of penalty has; 0 for the other.</summary>
    public (double Squares, double Absolutes) Solve(PenaltyKind kind)
    {
        var determinant = _first * _second - _cross * _cross;
        return kind switch
        {
            PenaltyKind.Ridge => (_firstRight / _first, 0),
            PenaltyKind.Lasso => (0, _secondRight / _second),
            _ => ((_firstRight * _second - _cross * _secondRight) / determinant,
                (_first * _secondRight - _cross * _firstRight) / determinant),
        };
    }
}
