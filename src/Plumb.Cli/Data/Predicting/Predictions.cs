using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>
/// What a model predicts for the rows of a source, block by block, and whether its data determine it.
/// </summary>
internal sealed class Predictions
{
    private const string MarkColumn = "determined";
    private readonly AffineModel _model;
    private readonly Design _design;
    private readonly RowReader _reader;
    private readonly KeptColumns _kept;
    private readonly AskedIntervals? _asked;
    private readonly double[] _coordinates; // of a row, while its leverage is found
    private (double Mean, double New) _reaches;

    public Predictions(AffineModel model, Design design, RowReader reader, KeptColumns kept, AskedIntervals? asked)
    {
        (_model, _design, _reader, _kept) = (model with { Design = design }, design.WithoutTargets(), reader, kept);
        (_asked, _coordinates) = (asked, new double[model.Errors?.Inputs.Count ?? 0]);
        var columns = design.Columns.Targets.Count == model.Map.TargetCount ? design.Columns.Targets
            : model.Map.Names.Targets;
        var targets = columns.Select(name =>
            kept.Columns.Contains(name, StringComparer.Ordinal) ? Unused("predicted_" + name, reader.Columns) : name)
            .ToList();
        List<string> names = [.. kept.Columns];
        string Named(string name)
        {
            names.Add(Unused(name, names));
            return names[^1];
        }

        names.AddRange(targets);
        List<string> all = asked is null ? targets
            : [.. targets.SelectMany(name => (string[])[name, Named(name + "_low"), Named(name + "_high")]),
                Named("leverage"), Named("outside")];
        Mark = model.FreeDirections.Count > 0 ? Named(MarkColumn) : null;
        Columns = Mark is null ? all : [.. all, Mark];
    }

    /// <summary>
    /// The column that says 1 where the model's data determine the row, and 0 where not; null where they determine all.
    /// </summary>
    public string? Mark { get; }

    /// <summary>A column for each target, those of intervals, and the mark.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows so far that the model's data do not determine.</summary>
    public long Open { get; private set; }

    /// <summary>The rows so far that lack a value which the model needs, where it is not the reader that counts
    /// them.</summary>
    public long Lacking { get; private set; }

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The rows so far that lie farther out than every row of the model's data, but in determined
    /// directions.</summary>
    public long Outside { get; private set; }

    /// <summary>The largest leverage of these rows.</summary>
    public double LargestLeverage { get; private set; }

    /// <summary>
    /// The predictions as targets, beside the texts of the columns that are kept; not-a-number where a row lacks a
    /// value. Once.
    /// </summary>
    /// <exception cref="CommandException">A prediction is beyond the range of doubles, or a row lacks a value where
    /// that is refused.</exception>
    public async IAsyncEnumerable<RowsWithTexts> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blocks = _kept.NeedTexts
            ? _reader.ReadWithTextsAsync(_design.Columns.Inputs, [], _kept.Columns, cancellationToken)
            : _reader.ReadAsync(_design.Columns.Inputs, [], cancellationToken)
                .Select(block => new RowsWithTexts(block, new RowTexts(0)));
        blocks = blocks.Select(Expanded);
        if (_asked is { DependOnCount: true } asked)
        {
            List<RowsWithTexts> all = [];
            await foreach (var block in blocks)
            {
                all.Add(block);
            }

            Rows = 0;
            blocks = all.ToAsyncEnumerable();
            FindReaches(asked with { Settings = asked.Settings with { Count = Math.Max(1, all.Sum(Complete)) } });
        }
        else if (_asked is not null)
        {
            FindReaches(_asked);
        }

        await foreach (var (rows, texts) in blocks.WithCancellation(cancellationToken))
        {
            var first = _asked is { DependOnCount: true } ? Rows + 1 : Rows - rows.Rows + 1;
            var predicted = Predict(rows, first);
            Rows += _asked is { DependOnCount: true } ? rows.Rows : 0;
            yield return new RowsWithTexts(new Dataset(new Matrix(rows.Rows, 0), predicted,
                new VariableNames([], Columns)), texts);
        }
    }

    private void FindReaches(AskedIntervals asked) => _reaches = _model.Errors!.Reaches(asked.Settings);

    private static long Complete(RowsWithTexts block) =>
        Enumerable.Range(0, block.Rows.Rows).LongCount(i => MissingAt(block.Rows.Inputs.Row(i)) < 0);

    private RowsWithTexts Expanded(RowsWithTexts block)
    {
        var (rows, texts) = block;
        RequireValues(rows.Inputs);
        MomentsPass.RequireDefined(_design, rows, Rows + 1, _reader.Name);
        Rows += rows.Rows;
        return new RowsWithTexts(_design.Expand(rows), texts);
    }

    private static int MissingAt(ReadOnlySpan<double> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            if (double.IsNaN(row[j]))
            {
                return j;
            }
        }

        return -1;
    }

    private void RequireValues(Matrix inputs)
    {
        for (var i = 0; i < inputs.Rows && _kept is { NeedTexts: true, Lacking: LackingRows.Refused }; i++)
        {
            if (MissingAt(inputs.Row(i)) is >= 0 and var missing)
            {
                throw CommandException.DataRefused(string.Create(CultureInfo.InvariantCulture,
                    $"{_reader.Name}: row {Rows + i + 1} lacks a value in column '{_design.Columns.Inputs[missing]}'; "
                        + $"--missing empty leaves its prediction empty, --missing drop leaves the row out."));
            }
        }
    }

    private Matrix Predict(Dataset block, long first)
    {
        var predicted = new Matrix(block.Rows, Columns.Count);
        for (var i = 0; i < block.Rows; i++)
        {
            var x = block.Inputs.Row(i);
            var y = predicted.WritableRow(i);
            if (MissingAt(x) >= 0)
            {
                y.Fill(double.NaN);
                Lacking++;
                continue;
            }

            var isOpen = _model.IsUndeterminedAt(x);
            Open += isOpen ? 1 : 0;
            if (!isOpen && _model.Errors is { LargestLeverage: not null } errors)
            {
                SeeLeverage(errors, x);
            }

            if (_asked is null)
            {
                _model.Map.Apply(x, y[.._model.Map.TargetCount]);
                _model.Undo(y[.._model.Map.TargetCount]);
                RequireFinite(y[.._model.Map.TargetCount], first + i);
            }
            else
            {
                WriteIntervals(_model.PredictInputs(x, _reaches), y, first + i);
            }

            if (Mark is not null)
            {
                y[^1] = isOpen ? 0 : 1;
            }
        }

        return predicted;
    }

    private void SeeLeverage(PredictionErrors errors, ReadOnlySpan<double> x)
    {
        var leverage = errors.Leverage(x, _coordinates);
        if (errors.IsOutside(leverage) == true)
        {
            Outside++;
            LargestLeverage = Math.Max(LargestLeverage, leverage);
        }
    }

    /// <summary>Each target with its interval, then the leverage and whether it is outside; empty where there is
    /// none.</summary>
    private void WriteIntervals(Prediction[] predictions, Span<double> y, long row)
    {
        static double Known(double value) => double.IsFinite(value) ? value : double.NaN;
        RequireFinite([.. predictions.Select(prediction => prediction.Value)], row);
        for (var t = 0; t < predictions.Length; t++)
        {
            var (low, high) = predictions[t].Interval(_asked!.Kind);
            (y[3 * t], y[3 * t + 1], y[3 * t + 2]) = (predictions[t].Value, Known(low), Known(high));
        }

        var (leverage, outside) = (predictions[0].Leverage, predictions[0].IsOutside);
        y[3 * predictions.Length] = Known(leverage);
        y[3 * predictions.Length + 1] = outside switch { true => 1, false => 0, null => double.NaN };
    }

    private void RequireFinite(ReadOnlySpan<double> y, long row)
    {
        for (var i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                throw CommandException.NoHonestAnswer(
                    string.Create(CultureInfo.InvariantCulture,
                        $"the prediction of '{_model.Map.Names.Targets[i]}' for row {row} is {y[i]}, beyond the range "
                            + $"of doubles (1.8e308); scale the inputs or the weights down."));
            }
        }
    }

    private static string Unused(string name, IReadOnlyList<string> names)
    {
        while (names.Contains(name, StringComparer.Ordinal))
        {
            name += "_";
        }

        return name;
    }
}
