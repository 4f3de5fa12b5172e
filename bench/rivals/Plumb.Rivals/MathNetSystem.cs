using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearRegression;

namespace Plumb.Rivals;

/// <summary>Math.NET Numerics with its managed provider.</summary>
internal static class MathNetSystem
{
    public static Func<Answer> PrepareQr(Problem problem) => Prepare(problem, MultipleRegression.QR);

    public static Func<Answer> PrepareNormalEquations(Problem problem) =>
        Prepare(problem, MultipleRegression.NormalEquations);

    private static Func<Answer> Prepare(Problem problem, Func<Matrix<double>, Matrix<double>, Matrix<double>> solve)
    {
        var x = ToColumns(problem.ReadInputs(), problem.Bias);
        var y = ToColumns(problem.ReadTargets(), ones: false);
        return () => new Answer(solve(x, y).ToColumnMajorArray());
    }

    private static DenseMatrix ToColumns(double[,] values, bool ones)
    {
        var (rows, skip) = (values.GetLength(0), ones ? 1 : 0);
        var storage = new double[rows * (values.GetLength(1) + skip)];
        storage.AsSpan(0, rows * skip).Fill(1);
        for (var j = 0; j < values.GetLength(1); j++)
        {
            for (var i = 0; i < rows; i++)
            {
                storage[(j + skip) * rows + i] = values[i, j];
            }
        }

        return new DenseMatrix(rows, values.GetLength(1) + skip, storage);
    }
}
