namespace Plumb.Rivals;

/// <summary>A system in the tables.</summary>
/// <param name="Key">How the programs call it.</param>
/// <param name="Name">What the tables call it.</param>
/// <param name="RevealsRank">Whether its method notices columns that depend on others; else it is fast because it does
/// not look.</param>
/// <param name="Note">How it is called.</param>
internal sealed record Contender(string Key, string Name, bool RevealsRank, string Note)
{
    public static readonly Contender[] All =
    [
        new("plumb", "Plumb", true,
            "`moments.Add(x, y)`, `new LeastSquares().Fit(moments)`: exact rank, dependences and standard errors "
                + "included"),
        new("numpy-lstsq", "numpy `lstsq`", true,
            "`numpy.linalg.lstsq(a, y, rcond=None)`: singular values (LAPACK gelsd)"),
        new("scipy-gelsy", "scipy `lstsq` gelsy", true,
            "`scipy.linalg.lstsq(a, y, lapack_driver=\"gelsy\")`: pivoted QR"),
        new("sklearn", "scikit-learn", true, "`LinearRegression().fit(x, y)`"),
        new("statsmodels", "statsmodels `OLS`", true,
            "`OLS(y, a).fit()`, `params` and `bse`: pseudo-inverse; a model has one target, so several targets are "
                + "several models"),
        new("torch-gelsy", "PyTorch `lstsq` gelsy", true,
            "`torch.linalg.lstsq(a, y, driver=\"gelsy\")`, the default on a processor"),
        new("torch-gels", "PyTorch `lstsq` gels", false, "the same with `driver=\"gels\"`: QR without pivoting"),
        new("r-lm.fit", "R `lm.fit`", true,
            "`lm.fit(a, y)`, which `lm` calls: Householder QR with limited pivoting (LINPACK), tolerance 1e-7"),
        new("r-.lm.fit", "R `.lm.fit`", true, "`.lm.fit(a, y)`, the same bare"),
        new("mathnet-qr", "Math.NET QR", false, "`MultipleRegression.QR(a, y)`, managed provider"),
        new("mathnet-normal", "Math.NET normal equations", false,
            "`MultipleRegression.NormalEquations(a, y)`, managed provider"),
        new("mlnet-sdca", "ML.NET `Sdca`", false,
            "`Regression.Trainers.Sdca()`: iterates, features are floats, a model has one target and always a bias"),
    ];
}
