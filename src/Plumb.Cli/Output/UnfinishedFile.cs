using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Cli;

/// <summary>
/// The names of files that are still being written: they tell machine and process, so that what a killed run has left
/// is known from what another one is at work on.
/// </summary>
internal static partial class UnfinishedFile
{
    private const string Suffix = ".plumb";
    private const int MostOfName = 60; // characters: with all else, no more than the 255 bytes that a name may have
    private const int MachineDigits = 8;

    private static readonly string s_machine = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..MachineDigits];

    /// <summary>A name for what will be another file: .NAME.MACHINE-PROCESS-RANDOM.plumb.</summary>
    public static string NewFor(string name) => string.Create(CultureInfo.InvariantCulture,
        $".{(name.Length > MostOfName ? name[..MostOfName] : name)}.{s_machine}-{Environment.ProcessId}-"
            + $"{Path.GetFileNameWithoutExtension(Path.GetRandomFileName())}{Suffix}");

    /// <summary>What runs on this machine have left in a folder that are at work no more.</summary>
    public static IEnumerable<string> LeftIn(string folder) => Directory.EnumerateFiles(folder, ".*" + Suffix)
        .Where(file => Name().Match(Path.GetFileName(file)) is { Success: true } found
            && found.Groups["machine"].Value == s_machine
            && int.TryParse(found.Groups["process"].Value, NumberStyles.None, CultureInfo.InvariantCulture,
                out var process) && !IsAtWork(process));

    private static bool IsAtWork(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\..+\.(?<machine>[0-9a-f]{8})-(?<process>[0-9]{1,10})-[a-z0-9]{8}\.plumb$")]
    private static partial Regex Name();
}
