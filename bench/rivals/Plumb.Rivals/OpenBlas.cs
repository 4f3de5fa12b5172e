using System.Runtime.InteropServices;

namespace Plumb.Rivals;

/// <summary>The system's OpenBLAS.</summary>
internal static partial class OpenBlas
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;
    private const int Upper = 121;
    private const int Plain = 111;
    private const int Transposed = 112;

    /// <summary>Whether it is installed.</summary>
    public static bool IsHere => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Version and kernels, such as "OpenBLAS 0.3.21 ... SkylakeX".</summary>
    public static string Description => IsHere ? Marshal.PtrToStringUTF8(GetConfig())! : "OpenBLAS is not installed";

    /// <summary>sums = rows' rows in its upper triangle; rounded.</summary>
    public static void Syrk(double[] rows, int count, int columns, double[] sums, int threads)
    {
        SetThreads(threads);
        Syrk(RowMajor, Upper, Transposed, columns, count, 1, rows, columns, 0, sums, columns);
    }

    /// <summary>The product of two square matrices.</summary>
    public static void Gemm(double[] left, double[] right, int size, double[] product, int threads)
    {
        SetThreads(threads);
        Gemm(RowMajor, Plain, Plain, size, size, size, 1, left, size, right, size, 0, product, size);
    }

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial nint GetConfig();

    [LibraryImport(Library, EntryPoint = "openblas_set_num_threads")]
    private static partial void SetThreads(int threads);

    [LibraryImport(Library, EntryPoint = "cblas_dsyrk")]
    private static partial void Syrk(int order, int triangle, int transposition, int n, int k, double alpha, double[] a,
        int strideA, double beta, double[] c, int strideC);

    [LibraryImport(Library, EntryPoint = "cblas_dgemm")]
    private static partial void Gemm(int order, int left, int right, int m, int n, int k, double alpha, double[] a,
        int strideA, double[] b, int strideB, double beta, double[] c, int strideC);
}
