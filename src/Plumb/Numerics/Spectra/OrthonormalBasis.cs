namespace Plumb.Numerics;

/// <summary>
/// Orthonormal vectors in double-double arithmetic, by modified Gram-Schmidt applied twice. Golub and Van Loan, section
/// 5.2.8.
/// </summary>
internal sealed class OrthonormalBasis
{
    private readonly DoubleDouble[][] _vectors;

    private OrthonormalBasis(DoubleDouble[][] vectors) => _vectors = vectors;

    /// <summary>An orthonormal basis of what vectors span that are far from dependent; they are used up.</summary>
    public static OrthonormalBasis Of(DoubleDouble[][] vectors)
    {
        for (var k = 0; k < vectors.Length; k++)
        {
            Stop.IfAsked();
            var vector = vectors[k];
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < k; other++)
                {
                    Subtract(vector, vectors[other], Dot(vector, vectors[other]));
                }

                Normalize(vector);
            }
        }

        return new OrthonormalBasis(vectors);
    }

    /// <summary>Splits a vector: its projection on the basis is returned, the rest is left in it.</summary>
    public DoubleDouble[] Split(DoubleDouble[] vector)
    {
        var projection = new DoubleDouble[vector.Length];
        foreach (var direction in _vectors)
        {
            var length = Dot(vector, direction);
            Subtract(vector, direction, length);
            Subtract(projection, direction, -length);
        }

        return projection;
    }

    private static DoubleDouble Dot(DoubleDouble[] left, DoubleDouble[] right)
    {
        DoubleDouble sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Subtract(DoubleDouble[] vector, DoubleDouble[] direction, DoubleDouble factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] -= factor * direction[i];
        }
    }

    private static void Normalize(DoubleDouble[] vector)
    {
        var length = DoubleDouble.Sqrt(Dot(vector, vector));
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] /= length;
        }
    }
}
