using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Columns become rows, whatever their number and length.</summary>
public sealed class ColumnRowsTests
{
    [Fact]
    public void Rows_are_what_the_columns_hold()
    {
        for (var columns = 1; columns <= 20; columns++)
        {
            for (var count = 1; count <= 40; count++)
            {
                foreach (var start in (int[])[0, 3])
                {
                    var rows = new ColumnRows(64,
                        [.. Enumerable.Range(0, columns)
                            .Select(j => Enumerable.Range(0, 64).Select(k => 100.0 * k + j).ToArray())]);
                    foreach (var (stride, room) in (ReadOnlySpan<(int, int)>)[(ColumnKernels.RoundUp(columns), 48),
                        (columns, count), (columns + 1, count)])
                    {
                        var found = new double[room * stride];
                        rows.Load(start, count, found, stride);
                        for (var k = 0; k < count; k++)
                        {
                            for (var j = 0; j < columns; j++)
                            {
                                Assert.Equal(100.0 * (start + k) + j, found[k * stride + j]);
                            }
                        }
                    }
                }
            }
        }
    }
}
