namespace Plumb.Cli;

/// <summary>
/// Whether the standard streams are those that the process was begun with. One that the shell has closed (&lt;&amp;-)
/// has a number that the runtime gives to a pipe of its own, on which reading would wait for ever.
/// </summary>
internal static class InheritedStream
{
    private const string Descriptors = "/proc/self/fd/";
    private const string Pipe = "pipe:";
    private const int AccessModes = 3; // O_ACCMODE: which of reading and writing a file was opened for

    /// <summary>Whether standard input (0), output (1) or error (2) is somebody else's too.</summary>
    public static bool IsOpen(int number)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true; // it cannot be told, and is nearly always so
        }

        try
        {
            var own = TargetOf(Descriptors + number);
            // A pipe that ends here as well is the runtime's.
            return own is not null && (!own.StartsWith(Pipe, StringComparison.Ordinal)
                || !Directory.EnumerateFiles(Descriptors).Any(other => TargetOf(other) == own
                    && AccessOf(Path.GetFileName(other)) != AccessOf($"{number}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? TargetOf(string descriptor) => new FileInfo(descriptor).LinkTarget;

    private static int AccessOf(string number)
    {
        const string Flags = "flags:";
        var line = File.ReadLines("/proc/self/fdinfo/" + number)
            .First(line => line.StartsWith(Flags, StringComparison.Ordinal));
        return Convert.ToInt32(line[Flags.Length..].Trim(), 8) & AccessModes;
    }
}
