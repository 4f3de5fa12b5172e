using Microsoft.ML;

namespace Plumb.MicrosoftML;

/// <summary>Plumb among the trainers of <see cref="MLContext.Regression"/>.</summary>
public static class AffineMapCatalog
{
    /// <summary>Exact least squares, for one target or many.</summary>
    /// <param name="trainers">MLContext.Regression.Trainers.</param>
    /// <param name="labelColumnName">A column of Single, or of vectors of Single of one known size.</param>
    /// <param name="featureColumnName">A column of vectors of Single of one known size.</param>
    /// <param name="exampleWeightColumnName">A column of Single with each row's precision, 0 or more; all rows count
    /// alike when left out.</param>
    /// <param name="options">Whether there is a bias, how strong the ridge penalty is, the level of confidence
    /// intervals.</param>
    public static AffineMapEstimator AffineMap(
        this RegressionCatalog.RegressionTrainers trainers, string labelColumnName = "Label",
        string featureColumnName = "Features", string? exampleWeightColumnName = null, LeastSquares? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new AffineMapEstimator(labelColumnName, featureColumnName,
            exampleWeightColumnName)
        { Options = options ?? new() };
    }
}
