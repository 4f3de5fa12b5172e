using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.MicrosoftML;

/// <summary>
/// Trains an affine map in an ML.NET pipeline, by exact least squares: a vector of features, and a label that is a
/// number or, what no trainer of ML.NET takes, a vector of them.
/// Features, label and score are single precision, as ML.NET has them; the sums and the solution are exact for these.
/// </summary>
public sealed class AffineMapEstimator : IEstimator<AffineMapTransformer>
{
    private readonly MLContext _context = new();

    /// <summary>An estimator by least squares.</summary>
    /// <param name="labelColumnName">A column of Single, or of vectors of Single of one known size.</param>
    /// <param name="featureColumnName">A column of vectors of Single of one known size.</param>
    /// <param name="exampleWeightColumnName">A column of Single with each row's precision, 0 or more; all rows count
    /// alike when left out.</param>
    public AffineMapEstimator(string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(labelColumnName);
        ArgumentNullException.ThrowIfNull(featureColumnName);
        (LabelColumnName, FeatureColumnName, ExampleWeightColumnName) =
            (labelColumnName, featureColumnName, exampleWeightColumnName);
    }

    /// <summary>The column of targets.</summary>
    public string LabelColumnName { get; }

    /// <summary>The column of inputs.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The column of weights of rows, if there is one.</summary>
    public string? ExampleWeightColumnName { get; }

    /// <summary>Whether there is a bias, how strong the ridge penalty is, the level of confidence intervals.</summary>
    public LeastSquares Options { get; init; } = new();

    /// <summary>
    /// Whether rows with a missing value (not-a-number) are left out, and counted; otherwise they are refused.
    /// </summary>
    public bool DropMissing { get; init; }

    /// <summary>Trains on all rows, in one pass.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentException">A column is not there, or of another type.</exception>
    /// <exception cref="InvalidDataException">A value is missing or not finite.</exception>
    /// <exception cref="ArithmeticException">A coefficient or a standard error is too large for a double.</exception>
    public AffineMapTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (features, label) = (ColumnOf(input.Schema, FeatureColumnName), ColumnOf(input.Schema, LabelColumnName));
        SingleColumn.RequireVector(features);
        SingleColumn.RequireScalarOrVector(label);
        var reader = DataViewReader.Open(input, dropMissing: DropMissing);
        var (inputs, targets) = (reader.ColumnsOf(FeatureColumnName), reader.ColumnsOf(LabelColumnName));
        var moments = new Moments(new VariableNames([.. inputs], [.. targets]));
        if (ExampleWeightColumnName is null)
        {
            foreach (var block in reader.ReadAsync(inputs, targets).ToBlockingEnumerable())
            {
                moments.Add(block);
            }
        }
        else
        {
            SingleColumn.RequireScalar(ColumnOf(input.Schema, ExampleWeightColumnName));
            foreach (var block in reader.ReadAsync(inputs, [.. targets, ExampleWeightColumnName])
                .ToBlockingEnumerable())
            {
                moments.Add(Weighted(block, moments.Names));
            }
        }

        return AffineMapTransformer.Of(Options.Fit(moments), reader.Findings, FeatureColumnName,
            label.Type is VectorDataViewType);
    }

    /// <inheritdoc/>
    /// <remarks>The score is what the label is: a number or a vector.</remarks>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var name in new[] { FeatureColumnName, LabelColumnName, ExampleWeightColumnName })
        {
            if (name is not null && !inputSchema.Any(column => column.Name == name))
            {
                throw SingleColumn.NotThere(name, inputSchema.Select(column => column.Name));
            }
        }

        // Only ML.NET can make a column of a shape of schema: the score's is a copy of the label's.
        return _context.Transforms.CopyColumns(AffineMapTransformer.ScoreColumnName, LabelColumnName)
            .GetOutputSchema(inputSchema);
    }

    /// <inheritdoc/>
    public override string ToString() => $"least squares of {LabelColumnName} by {FeatureColumnName}";

    private static DataViewSchema.Column ColumnOf(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw SingleColumn.NotThere(name, schema.Select(column => column.Name));

    /// <summary>The rows with the last target as their weights.</summary>
    private static Dataset Weighted(Dataset block, VariableNames names)
    {
        var (targets, weights) = (new Matrix(block.Rows, block.Targets.Columns - 1), new double[block.Rows]);
        for (var i = 0; i < block.Rows; i++)
        {
            block.Targets.Row(i)[..^1].CopyTo(targets.WritableRow(i));
            weights[i] = block.Targets.Row(i)[^1];
        }

        return new Dataset(block.Inputs, targets, names) { Weights = RowWeights.Precisions(weights) };
    }
}
