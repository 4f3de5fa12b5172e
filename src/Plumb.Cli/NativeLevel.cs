using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Cli;

/// <summary>
/// Where the command is native code, its package holds it three times: for every x86-64 processor, for those with AVX2,
/// and for those with AVX-512. The first is the one that is started; it continues as the best that this processor runs.
/// </summary>
/// <remarks>
/// Levels 3 and 4 of the x86-64 psABI, section 3.1.1, by the names that Linux gives their parts.
/// Which one runs shows in no result. .NET's own settings keep a level from being used, as they do elsewhere:
/// <c>DOTNET_EnableAVX2=0</c>, <c>DOTNET_EnableAVX512=0</c>.
/// </remarks>
internal static partial class NativeLevel
{
    private const string Processors = "/proc/cpuinfo";

    private static readonly (string Name, string Setting, string[] Needs)[] s_levels =
    [
        ("v3", "DOTNET_EnableAVX2", ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"]),
        ("v4", "DOTNET_EnableAVX512", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]),
    ];

    /// <summary>Continues as the best program for this processor: then it does not come back.</summary>
    public static void Raise(string[] args)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported && OperatingSystem.IsLinux()
            && Environment.ProcessPath is { } path && Path.GetExtension(path) is not (".v3" or ".v4")
            && Best() is { } level)
        {
            // Where it cannot be started, what runs now does the same, more slowly.
            _ = Execute($"{path}.{level}", [path, .. args, null]);
        }
    }

    private static string? Best()
    {
        var flags = File.Exists(Processors)
            ? File.ReadLines(Processors).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))
            : null;
        var has = flags?.Split(' ') ?? [];
        return s_levels.TakeWhile(level => level.Needs.All(has.Contains)
            && Environment.GetEnvironmentVariable(level.Setting) != "0").LastOrDefault().Name;
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
