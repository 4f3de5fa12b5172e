using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.MicrosoftML;

/// <summary>
/// Applies an affine map to a column of features: the column Score of an ML.NET pipeline. Calculated in double
/// precision, rounded to Single once.
/// </summary>
public sealed class AffineMapTransformer : ITransformer
{
    internal const string ScoreColumnName = "Score";

    private readonly ITransformer _mapping;

    private AffineMapTransformer(AffineMap map, string featureColumnName, bool vectorScore) =>
        (Map, FeatureColumnName, _mapping) = (map, featureColumnName, MappingOf(map, featureColumnName, vectorScore));

    /// <summary>W, targets x inputs, and b.</summary>
    public AffineMap Map { get; }

    /// <summary>The column of inputs.</summary>
    public string FeatureColumnName { get; }

    /// <summary>
    /// The fit that the map comes from, with standard errors, rank and digits; null where it was not trained here.
    /// </summary>
    public LinearFit? Fit { get; private init; }

    /// <summary>What a user should know about the rows that it was trained on.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>A map from anywhere, such as a model file, in a pipeline.</summary>
    /// <param name="map">The map.</param>
    /// <param name="featureColumnName">A column of vectors of Single, one per input.</param>
    /// <param name="vectorScore">Whether the score is a vector also where there is one target; with several it always
    /// is.</param>
    public static AffineMapTransformer Of(AffineMap map, string featureColumnName = "Features",
        bool vectorScore = false)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(featureColumnName);
        return new AffineMapTransformer(map, featureColumnName, vectorScore || map.TargetCount > 1);
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        _mapping.GetOutputSchema(Required(inputSchema));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The features are not there, of another type, or more or fewer than the map's
    /// inputs.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Required(input.Schema);
        return _mapping.Transform(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        _mapping.GetRowToRowMapper(Required(inputSchema));

    /// <exception cref="NotSupportedException">Always: ML.NET could write this, but not read it again.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "ML.NET cannot read transformers of other libraries again, so an affine map is not written into its model "
            + "files; save the Map by ModelFile, and put it into the pipeline by AffineMapTransformer.Of after loading "
                + "the rest.");

    /// <inheritdoc/>
    public override string ToString() => $"{Map}, x = {FeatureColumnName}";

    internal static AffineMapTransformer Of(LinearFit fit, IReadOnlyList<Finding> findings, string featureColumnName,
        bool vectorScore) =>
        new(fit.Map, featureColumnName, vectorScore)
        {
            Fit = fit,
            Findings = [.. findings, .. Assessment.Of(fit).Findings]
        };

    private static ITransformer MappingOf(AffineMap map, string featureColumnName, bool vectorScore)
    {
        var features = SchemaDefinition.Create(typeof(Features));
        var column = features[nameof(Features.Values)];
        column.ColumnName = featureColumnName;
        column.ColumnType = new VectorDataViewType(NumberDataViewType.Single, map.InputCount);
        var transforms = new MLContext().Transforms;
        if (vectorScore)
        {
            var scores = SchemaDefinition.Create(typeof(Scores));
            scores[nameof(Scores.Score)].ColumnType =
                new VectorDataViewType(NumberDataViewType.Single, map.TargetCount);
            return transforms.CustomMapping<Features, Scores>((row, result) =>
                result.Score = [.. map.Apply(row.ToDoubles()).Select(value => (float)value)], null, features, scores)
                .Fit(Empty(features));
        }

        return transforms.CustomMapping<Features, SingleScore>((row, result) =>
            result.Score = (float)map.Apply(row.ToDoubles())[0], null, features,
            SchemaDefinition.Create(typeof(SingleScore))).Fit(Empty(features));
    }

    private static IDataView Empty(SchemaDefinition features) =>
        new MLContext().Data.LoadFromEnumerable(Array.Empty<Features>(), features);

    private DataViewSchema Required(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var features = schema.GetColumnOrNull(FeatureColumnName)
            ?? throw SingleColumn.NotThere(FeatureColumnName, schema.Select(column => column.Name));
        SingleColumn.RequireVector(features);
        var size = ((VectorDataViewType)features.Type).Size;
        return size == Map.InputCount
            ? schema
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"column '{Escaped.Of(FeatureColumnName)}' holds {size} "
                    + $"features, where the map has {Map.InputCount} inputs; give those that it was trained on."));
    }

    private sealed class Features
    {
        public VBuffer<float> Values { get; set; }

        public double[] ToDoubles()
        {
            var values = new double[Values.Length];
            foreach (var item in Values.Items())
            {
                values[item.Key] = item.Value;
            }

            return values;
        }
    }

    private sealed class Scores
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class SingleScore
    {
        public float Score { get; set; }
    }
}
