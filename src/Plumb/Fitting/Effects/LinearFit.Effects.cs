namespace Plumb;

/// <content>What the rows say, and how far the fit would move without each of them.</content>
public sealed partial class LinearFit
{
    /// <summary>
    /// What each row says, and how far the fit would move without it: leverage, residuals, Cook's distance, DFBETAS.
    /// Row by row, and within a row target by target; rows of weight 0 are passed over.
    /// </summary>
    /// <param name="rows">The rows that the fit was made from, or some of them, with their weights.</param>
    /// <param name="first">The number of the first among all, from 1.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public IEnumerable<RowEffect> Influence(Dataset rows, long first = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (WhyNoErrors is { } why)
        {
            throw new InvalidOperationException(why);
        }

        RequireShape(rows);
        var effects = new RowEffects(this);
        return Enumerable.Range(0, rows.Rows).SelectMany(i => effects.Of(rows, i, first + i));
    }

    /// <summary>The residuals of rows, measured less fitted, rows x targets, each rounded once.</summary>
    /// <param name="rows">Rows with as many inputs and targets as the fit.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public Matrix Residuals(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireShape(rows);
        return Matrix.Create(rows.Rows, Names.Targets.Count,
            (i, t) => (rows.Targets[i, t] - RowEffects.Fitted(Map, t, rows.Inputs.Row(i))).High);
    }

    private void RequireShape(Dataset rows)
    {
        if (rows.Inputs.Columns != Names.Inputs.Count || rows.Targets.Columns != Names.Targets.Count)
        {
            throw new ArgumentException($"found {Shown.Count(rows.Inputs.Columns, "input")} and "
                + $"{Shown.Count(rows.Targets.Columns, "target")}, but the fit has {Names.Inputs.Count} and "
                + $"{Names.Targets.Count}.", nameof(rows));
        }
    }
}
