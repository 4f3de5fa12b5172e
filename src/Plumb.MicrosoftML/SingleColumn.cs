using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.MicrosoftML;

/// <summary>What is required of columns: single precision, and vectors of a known size.</summary>
internal static class SingleColumn
{
    /// <summary>Refuses all but vectors.</summary>
    /// <exception cref="ArgumentException">The column is another.</exception>
    public static void RequireVector(DataViewSchema.Column column) =>
        Require(IsVector(column.Type), column, "vectors of Single of one known size",
            "such as Transforms.Concatenate makes");

    /// <summary>Refuses all but vectors and single numbers.</summary>
    /// <exception cref="ArgumentException">The column is another.</exception>
    public static void RequireScalarOrVector(DataViewSchema.Column column) =>
        Require(IsVector(column.Type) || column.Type == NumberDataViewType.Single, column,
            "Single, or vectors of Single of one known size",
            "such as Transforms.Conversion.ConvertType and Transforms.Concatenate make");

    /// <summary>Refuses all but single numbers.</summary>
    /// <exception cref="ArgumentException">The column is another.</exception>
    public static void RequireScalar(DataViewSchema.Column column) =>
        Require(column.Type == NumberDataViewType.Single, column, "Single",
            "such as Transforms.Conversion.ConvertType makes");

    /// <summary>The exception for a column that is not there.</summary>
    public static ArgumentException NotThere(string name, IEnumerable<string> columns) =>
        new($"column '{Escaped.Of(name)}' is not there; the columns are "
            + $"{string.Join(", ", columns.Distinct().Select(column => $"'{Escaped.Of(column)}'"))}.");

    private static bool IsVector(DataViewType type) => type is VectorDataViewType { Size: > 0 } vector
        && vector.ItemType == NumberDataViewType.Single;

    private static void Require(bool holds, DataViewSchema.Column column, string expected, string made)
    {
        if (!holds)
        {
            throw new ArgumentException(
                $"column '{Escaped.Of(column.Name)}' holds {column.Type}, where {expected} were expected, {made}.");
        }
    }
}
