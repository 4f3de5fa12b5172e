using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.Rivals;

/// <summary>ML.NET's stochastic dual coordinate ascent with its defaults: float features, one target a model.</summary>
internal static class MlNetSystem
{
    public static Func<Answer> Prepare(Problem problem)
    {
        if (!problem.Bias)
        {
            return () => throw new NotSupportedException("its linear trainers always have a bias");
        }

        var (x, y) = (problem.ReadInputs(), problem.ReadTargets());
        float[][] features =
            [.. Enumerable.Range(0, problem.Rows)
                .Select(i => Enumerable.Range(0, problem.Inputs).Select(j => (float)x[i, j]).ToArray())];
        float[][] labels =
            [.. Enumerable.Range(0, problem.Targets)
                .Select(t => Enumerable.Range(0, problem.Rows).Select(i => (float)y[i, t]).ToArray())];
        return () => new Answer([.. labels.SelectMany(label => Fit(features, label))]);
    }

    private static IEnumerable<double> Fit(float[][] features, float[] labels)
    {
        var context = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        var data =
            context.Data.LoadFromEnumerable(features.Select((row, i) => new Row { Features = row, Label = labels[i] }),
                schema);
        var model = context.Regression.Trainers.Sdca().Fit(data).Model;
        return model.Weights.Prepend(model.Bias).Select(value => (double)value);
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public float Label { get; init; }
    }
}
