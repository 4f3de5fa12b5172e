using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.Tests.Sources;

public sealed class MicrosoftMLTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    [Fact]
    public void Trains_several_targets_in_a_pipeline()
    {
        var trainingData = s_ml.Data.LoadFromEnumerable(Readings(200));
        var ml = s_ml;

        // docs/sources.md
        var pipeline = ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.Transforms.Concatenate("Label", "Temperature", "Pressure")) // several targets at once
            .Append(ml.Regression.Trainers.AffineMap());

        var model = pipeline.Fit(trainingData);
        var fit = model.LastTransformer.Fit!;              // standard errors, rank, digits: a LinearFit
        var verdict = Assessment.Of(fit).Verdict;
        var scored = model.Transform(trainingData);        // the column Score: a vector of two numbers
        // docs/sources.md

        Assert.StartsWith("Nothing that was looked at speaks against W and b", verdict, StringComparison.Ordinal);
        Assert.Equal(["Label[Temperature]", "Label[Pressure]"], fit.Map.Names.Targets);
        var scores = scored.GetColumn<float[]>("Score").ToArray();
        Assert.All(Readings(200).Zip(scores),
            pair => Assert.Equal([pair.First.Temperature, pair.First.Pressure], pair.Second.Select(score => score),
                (left, right) => Math.Abs(left - right) < 1e-3));
        ReadmeTests.AssertQuoted("docs/sources.md", Path.Combine("Sources", "MicrosoftMLTests.cs"));
    }

    [Fact]
    public void Weights_are_those_of_the_same_numbers_to_the_bit()
    {
        var rows = Readings(50);
        var data = s_ml.Data.LoadFromEnumerable(rows);
        var model = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(s_ml.Regression.Trainers.AffineMap("Temperature")).Fit(data);

        var expected = new LeastSquares().Fit(Moments.Of(Reference.Dataset(
            [.. rows.Select(row => new double[] { row.Voltage, row.Humidity })],
            [.. rows.Select(row => new double[] { row.Temperature })])));
        Assert.Equal(expected.Map.WeightsOf(0).ToArray(), model.LastTransformer.Map.WeightsOf(0).ToArray());
        Assert.Equal(expected.Map.Bias[0], model.LastTransformer.Map.Bias[0]);
        Assert.Equal(["Features[Voltage]", "Features[Humidity]"], model.LastTransformer.Map.Names.Inputs);
    }

    [Fact]
    public void Score_of_one_number_is_what_ML_NET_evaluates_and_predicts_by()
    {
        var data = s_ml.Data.LoadFromEnumerable(Readings(100));
        var model = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(s_ml.Regression.Trainers.AffineMap("Temperature")).Fit(data);

        Assert.InRange(s_ml.Regression.Evaluate(model.Transform(data), "Temperature").RSquared, 0.999999, 1);
        using var engine = s_ml.Model.CreatePredictionEngine<Reading, Prediction>(model);
        var reading = Readings(3)[2];
        Assert.Equal(reading.Temperature, engine.Predict(reading).Score, 1e-4);
    }

    [Fact]
    public void Weighted_rows_count_by_their_precision()
    {
        var rows = Readings(40);
        var wrong = rows.Select(row => row with { Temperature = 1000, Weight = 0 });
        var data = s_ml.Data.LoadFromEnumerable(rows.Concat(wrong));
        var pipeline = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity");
        var weighted =
            pipeline.Append(s_ml.Regression.Trainers.AffineMap("Temperature", exampleWeightColumnName: "Weight"))
                .Fit(data).LastTransformer;
        var right = pipeline.Append(s_ml.Regression.Trainers.AffineMap("Temperature"))
            .Fit(s_ml.Data.LoadFromEnumerable(rows)).LastTransformer;
        Assert.Equal(right.Map, weighted.Map);
    }

    [Fact]
    public void Options_reach_the_fit()
    {
        var data = s_ml.Data.LoadFromEnumerable(Readings(40));
        var model = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(
                s_ml.Regression.Trainers.AffineMap("Temperature",
                    options: new LeastSquares { Bias = false, Ridge = 2 })).Fit(data).LastTransformer;
        Assert.Equal(0, model.Map.Bias[0]);
        Assert.Equal(2, model.Fit!.Settings.Ridge);
    }

    [Fact]
    public async Task Numbers_of_every_type_are_themselves_pass_after_pass()
    {
        var data = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 600).Select(i => new Everything(i)));
        for (var pass = 0; pass < 2; pass++)
        {
            var table = await SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data)));
            Assert.Equal(["Truth", "I8", "U8", "I16", "U16", "I32", "U32", "I64", "U64", "Float", "Double", "Vector[0]",
                "Vector[1]"], table.Columns);
            Assert.Equal(600, table.Rows.Length);
            Assert.All(table.Rows.Index(),
                row =>
                    Assert.Equal([row.Index % 2, .. Enumerable.Repeat((double)(row.Index % 100), 10), row.Index % 100,
                        0], row.Item));
            Assert.Equal(["truth-values"], table.Findings.Select(finding => finding.Code));
        }
    }

    [Fact]
    public async Task Large_whole_numbers_are_rounded_and_said()
    {
        var data = s_ml.Data.LoadFromEnumerable([new Whole { X = (1L << 53) + 1 }, new Whole { X = 5 }]);
        var table = await SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data)));
        Assert.Equal([[1L << 53], [5]], table.Rows);
        Assert.Equal(["integers-rounded"], table.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Sparse_vectors_have_zeros_where_they_hold_nothing()
    {
        var data = s_ml.Data.LoadFromEnumerable(new[] { "b", "a", "b" }.Select(letter => new Letter { Name = letter }));
        var coded = s_ml.Transforms.Categorical.OneHotEncoding("Code", "Name").Fit(data).Transform(data);
        var reader = DataViewReader.Open(coded);
        Assert.Equal(["Code[b]", "Code[a]"], reader.ColumnsOf("Code"));
        Assert.Equal([[1, 0], [0, 1], [1, 0]],
            (await SourceRows.OfAsync(Task.FromResult<RowReader>(reader), "Code[b]", "Code[a]")).Rows);
    }

    [Fact]
    public async Task Missing_values_are_refused_with_their_place_or_dropped()
    {
        var data =
            s_ml.Data.LoadFromEnumerable(
                Readings(5).Select((row, i) => i == 2 ? row with { Humidity = float.NaN } : row));
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data, "readings")), "Voltage",
                    "Humidity"));
        Assert.StartsWith("readings(row 3): column 'Humidity' holds 'NaN', which marks a missing value", error.Message,
            StringComparison.Ordinal);
        Assert.Equal(4,
            (await SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data, dropMissing: true)),
                "Voltage", "Humidity")).Rows.Length);
        var trained =
            new AffineMapEstimator("Temperature") { DropMissing = true }.Fit(
                s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity").Fit(data).Transform(data));
        Assert.Equal(4, trained.Fit!.Rows);
    }

    [Fact]
    public async Task Column_of_text_is_refused_where_it_is_used()
    {
        var data = s_ml.Data.LoadFromEnumerable([new Letter { Name = "a", X = 1 }, new Letter { Name = "b", X = 2 }]);
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data))));
        Assert.StartsWith(
            "data view: column 'Name' holds values of type String, where numbers were expected; leave the column out",
            error.Message, StringComparison.Ordinal);
        Assert.Equal([[1], [2]],
            (await SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(data)), "X")).Rows);
    }

    [Fact]
    public void Column_that_is_not_there_or_of_another_type_is_named()
    {
        var data = s_ml.Data.LoadFromEnumerable(Readings(5));
        Assert.Equal(
            "column 'Features' is not there; the columns are 'Voltage', 'Humidity', 'Temperature', 'Pressure', "
                + "'Weight'.",
            Assert.Throws<ArgumentException>(() =>
                s_ml.Regression.Trainers.AffineMap("Temperature").Fit(data)).Message);
        Assert.Equal(
            "column 'Voltage' holds Single, where vectors of Single of one known size were expected, such as "
                + "Transforms.Concatenate makes.",
            Assert.Throws<ArgumentException>(() =>
                s_ml.Regression.Trainers.AffineMap("Temperature", "Voltage").Fit(data)).Message);

        var featured = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity").Fit(data).Transform(data);
        var narrow = AffineMapTransformer.Of(AffineMap.Random(3, 1, new RandomSource(1)));
        Assert.Equal(
            "column 'Features' holds 2 features, where the map has 3 inputs; give those that it was trained on.",
            Assert.Throws<ArgumentException>(() => narrow.Transform(featured)).Message);
    }

    [Fact]
    public void Model_is_saved_as_a_map_and_put_into_a_pipeline_again()
    {
        var data = s_ml.Data.LoadFromEnumerable(Readings(30));
        var pipeline = s_ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(s_ml.Transforms.Concatenate("Label", "Temperature", "Pressure"));
        var model = pipeline.Append(s_ml.Regression.Trainers.AffineMap()).Fit(data);
        using var stream = new MemoryStream();
        Assert.StartsWith("ML.NET cannot read transformers of other libraries again",
            Assert.Throws<NotSupportedException>(() => s_ml.Model.Save(model, data.Schema, stream)).Message,
            StringComparison.Ordinal);

        var prepared = pipeline.Fit(data);
        var again = prepared.Append(AffineMapTransformer.Of(model.LastTransformer.Map));
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score"),
            again.Transform(data).GetColumn<float[]>("Score"));
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var reader = DataViewReader.Open(s_ml.Data.LoadFromEnumerable(Readings(20_000)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var block in reader.ReadAsync(["Voltage"], ["Humidity"], source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    internal static Reading[] Readings(int count)
    {
        var random = new RandomSource(3);
        return [.. Enumerable.Range(0, count)
            .Select(_ =>
                new Reading { Voltage = (float)random.NextDouble(), Humidity = (float)random.NextDouble(), Weight = 1 })
            .Select(row => row with
        {
            Temperature = 20 + 30 * row.Voltage - 2 * row.Humidity,
            Pressure = 1000 - 4 * row.Voltage + 7 * row.Humidity,
        })];
    }

    internal sealed record Reading
    {
        public float Voltage { get; set; }

        public float Humidity { get; set; }

        public float Temperature { get; set; }

        public float Pressure { get; set; }

        public float Weight { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }

    private sealed class Letter
    {
        public string Name { get; set; } = "";

        public float X { get; set; }
    }

    private sealed class Whole
    {
        public long X { get; set; }
    }

    private sealed class Everything(int number)
    {
        public Everything()
            : this(0)
        {
        }

        public bool Truth { get; set; } = number % 2 == 1;

        public sbyte I8 { get; set; } = (sbyte)(number % 100);

        public byte U8 { get; set; } = (byte)(number % 100);

        public short I16 { get; set; } = (short)(number % 100);

        public ushort U16 { get; set; } = (ushort)(number % 100);

        public int I32 { get; set; } = number % 100;

        public uint U32 { get; set; } = (uint)(number % 100);

        public long I64 { get; set; } = number % 100;

        public ulong U64 { get; set; } = (ulong)(number % 100);

        public float Float { get; set; } = number % 100;

        public double Double { get; set; } = number % 100;

        [VectorType(2)]
        public double[] Vector { get; set; } = [number % 100, 0];
    }
}
