namespace Plumb.Tests;

/// <summary>The data in data/verdicts.</summary>
internal static class VerdictData
{
    /// <summary>The rows of a file.</summary>
    /// <param name="file">Its name, without .csv.</param>
    /// <param name="target">The target.</param>
    /// <param name="inputs">The inputs; all other columns when none are named.</param>
    public static Dataset Read(string file, string target, params string[] inputs)
    {
        var (names, rows) = Reference.Csv("verdicts", file + ".csv");
        var columns =
            (inputs.Length > 0 ? inputs
                : [.. names.Where(name => name != target)]).Select(name => Array.IndexOf(names, name)).ToArray();
        var place = Array.IndexOf(names, target);
        return new Dataset(
            Matrix.Create(rows.Length, columns.Length, (i, j) => rows[i][columns[j]]),
            Matrix.Create(rows.Length, 1, (i, _) => rows[i][place]),
            new VariableNames([.. columns.Select(column => names[column])], [target]));
    }

    /// <summary>The fit to a file.</summary>
    public static LinearFit Fit(string file, string target, params string[] inputs) =>
        new LeastSquares().Fit(Moments.Of(Read(file, target, inputs)));
}
