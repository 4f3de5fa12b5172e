namespace Plumb.Cli;

/// <summary>Moments that a file holds, in the place of rows.</summary>
internal static class StoredMoments
{
    /// <summary>Some of their columns, as data.</summary>
    /// <param name="moments">The moments.</param>
    /// <param name="path">Their file.</param>
    /// <param name="choose">Chooses inputs and targets from the columns.</param>
    /// <param name="given">How they were named.</param>
    /// <exception cref="CommandException">Rows are needed, or inputs that they do not hold.</exception>
    public static LoadedData Load(Moments moments, string path, Func<TableColumns, DesignPlan> choose,
        DataArguments given)
    {
        if (given.KeepsRows)
        {
            throw CommandException.DataRefused(
                $"{path}: holds moments, not rows, and batches and held-out rows need rows; train with --batch full "
                    + $"and without --holdout, or on the data themselves.");
        }

        if (given.Weights is not null)
        {
            throw CommandException.DataRefused(
                $"{path}: holds moments, whose rows have been added up; give the weights to 'plumb moments' when it is "
                    + $"made.");
        }

        var kept = moments.Squares.Select(square => square.Name).ToHashSet(StringComparer.Ordinal);
        var plan = choose(TableColumns.OfNumbers(
            [.. moments.Names.Inputs.Where(name => !kept.Contains(name)), .. moments.Names.Targets]));
        if (plan.Categories.Count > 0)
        {
            throw CommandException.DataRefused($"{path}: holds moments, from which no levels can be told; name "
                + "categories to 'plumb moments' when it is made.");
        }

        var design = plan.Resolve(new Dictionary<string, ColumnMeaning>(StringComparer.Ordinal));
        string[] held = [.. moments.Names.Inputs, .. moments.Names.Targets];
        // Powers that are there by name.
        return design.IsPlain || design.Names.Inputs.All(held.Contains)
            ? Of(moments, design, path) with { KeepingSquares = kept.Count > 0 ? moments : null }
            : throw CommandException.DataRefused(
                $"{path}: holds moments, from which no powers or functions can be formed; name them when it is made, "
                    + $"as in 'plumb "
                    + $"moments DATA --column \"poly(x,3)\"'.");
    }

    // Levels and dates mean what they did when the moments were made.
    private static LoadedData Of(Moments moments, Design design, string path)
    {
        var parts = new PartSet();
        parts.Add(path, moments.Parts);
        var chosen = moments.Select(design.Names);
        var made = chosen.Design.Meanings.Count > 0 ? chosen.Design : design;
        return LoadedData.WithoutRows(chosen, made,
            [.. DesignFindings.Of(made), .. parts.ToFinding() is { } missing ? [missing] : Array.Empty<Finding>()]);
    }
}
