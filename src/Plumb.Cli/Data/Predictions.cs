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

    public Predictions(AffineModel model, Design design, RowReader reader)
    {
        (_model, _design, _reader) = (model with { Design = design }, design.WithoutTargets(), reader);
        var targets = design.Columns.Targets.Count == model.Map.TargetCount ? design.Columns.Targets
            : model.Map.Names.Targets;
        Mark = model.Undetermined.Count > 0 ? Unused(MarkColumn, targets) : null;
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

    /// <summary>The predictions, rows x columns in each block; once.</summary>
    /// <exception cref="CommandException">A prediction is beyond the range of doubles.</exception>
    public async IAsyncEnumerable<Matrix> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = 1L;
        await foreach (var block in _reader.ReadAsync(_design.Columns.Inputs, [], cancellationToken))
        {
            MomentsPass.RequireDefined(_design, block, first, _reader.Name);
            yield return Predict(_design.Expand(block), first);
            first += block.Rows;
        }
    }

    private Matrix Predict(Dataset block, long first)
    {
        var predicted = new Matrix(block.Rows, Columns.Count);
        for (var i = 0; i < block.Rows; i++)
        {
            var x = block.Inputs.Row(i);
            var y = predicted.Row(i);
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
