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

    public Predictions(AffineModel model, Design design, RowReader reader, KeptColumns kept)
    {
        (_model, _design, _reader, _kept) = (model with { Design = design }, design.WithoutTargets(), reader, kept);
        var columns = design.Columns.Targets.Count == model.Map.TargetCount ? design.Columns.Targets
            : model.Map.Names.Targets;
        var targets = columns.Select(name =>
            kept.Columns.Contains(name, StringComparer.Ordinal) ? Unused("predicted_" + name, reader.Columns) : name)
            .ToList();
        Mark = model.Undetermined.Count > 0 ? Unused(MarkColumn, [.. targets, .. kept.Columns]) : null;
        Columns = Mark is null ? targets : [.. targets, Mark];
    }

    /// <summary>
    /// The column that says 1 where the model's data determine the row, and 0 where not; null where they determine all.
    /// </summary>
    public string? Mark { get; }

    /// <summary>A column for each target, and the mark.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows so far that the model's data do not determine.</summary>
    public long Open { get; private set; }

    /// <summary>The rows so far that lack a value which the model needs, where it is not the reader that counts
    /// them.</summary>
    public long Lacking { get; private set; }

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

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
        await foreach (var (rows, texts) in blocks)
        {
            RequireValues(rows.Inputs);
            MomentsPass.RequireDefined(_design, rows, Rows + 1, _reader.Name);
            var predicted = Predict(_design.Expand(rows), Rows + 1);
            Rows += rows.Rows;
            yield return new RowsWithTexts(new Dataset(new Matrix(rows.Rows, 0), predicted,
                new VariableNames([], Columns)), texts);
        }
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
            var y = predicted.Row(i);
            if (MissingAt(x) >= 0)
            {
                y.Fill(double.NaN);
                Lacking++;
                continue;
            }

            _model.Map.Apply(x, y[.._model.Map.TargetCount]);
            _model.Undo(y[.._model.Map.TargetCount]);
            RequireFinite(y, first + i);
            if (Mark is not null)
            {
                var isOpen = IsOpen(x);
                Open += isOpen ? 1 : 0;
                y[^1] = isOpen ? 0 : 1;
            }
        }

        return predicted;
    }

    private bool IsOpen(ReadOnlySpan<double> x)
    {
        foreach (var direction in _model.Undetermined)
        {
            if (direction.IsExcitedBy(x))
            {
                return true;
            }
        }

        return false;
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
