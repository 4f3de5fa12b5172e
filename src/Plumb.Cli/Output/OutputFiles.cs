using System.CommandLine.Parsing;

namespace Plumb.Cli;

/// <summary>
/// Looks at the files that a command line is to write before anything is read: whether they are among those that it
/// reads, and whether they can be written.
/// </summary>
internal static class OutputFiles
{
    private const string SimulatedTruth = "--truth"; // written by 'plumb simulate', read by others

    private const string Folder = "--svg";

    private static readonly string[] s_written = ["--output", "--log", "--report", "--residuals"];
    private static readonly string[] s_madeFolders = ["--checkpoint", "--tensorboard"];
    private static readonly string[] s_read = ["--candidates", "--init", SimulatedTruth];

    /// <summary>Refuses a command line whose outputs would destroy what it reads, or cannot be written.</summary>
    /// <exception cref="CommandException">It is one.</exception>
    public static void Require(CommandResult command)
    {
        var inputs = Read(command).Where(File.Exists).Select(RealPath).ToHashSet(StringComparer.Ordinal);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal); // options by files
        foreach (var (option, path) in Written(command))
        {
            if (path.Length == 0)
            {
                throw CommandException.Usage($"{option} has an empty name, expected a file to write; name one.");
            }

            if (inputs.Contains(RealPath(path)))
            {
                throw CommandException.Usage(
                    $"{option} names {path}, which this command reads and would destroy; name another file.");
            }

            if (!outputs.TryAdd(RealPath(path), option))
            {
                string[] both = [outputs[RealPath(path)], option];
                throw CommandException.Usage($"{string.Join(" and ", both.Order(StringComparer.Ordinal))} both name "
                    + $"{path}, expected two files; rename one.");
            }

            AtomicFile.RequireWritable(path);
        }

        foreach (var option in (string[])[.. s_madeFolders, Folder])
        {
            foreach (var folder in ValuesOf(command, option))
            {
                RequireFolder(option, folder);
            }
        }
    }

    private static void RequireFolder(string option, string folder)
    {
        if (folder.Length == 0 || File.Exists(folder))
        {
            throw CommandException.Usage($"{option} names '{folder}', expected a folder to write into; name one.");
        }

        if (s_madeFolders.Contains(option) && !Directory.Exists(folder))
        {
            return; // made with all above it when the run begins
        }

        AtomicFile.RequireWritable(Directory.Exists(folder) ? Path.Combine(folder, "picture.svg") : folder);
    }

    private static IEnumerable<string> ValuesOf(CommandResult command, string option) =>
        command.Children.OfType<OptionResult>().Where(result => result.Option.Name == option)
            .SelectMany(result => result.Tokens.Select(token => token.Value));

    private static IEnumerable<(string Option, string Path)> Written(CommandResult command) =>
        command.Children.OfType<OptionResult>()
            .Where(result => s_written.Contains(result.Option.Name) || IsSimulatedTruth(command, result))
            .SelectMany(result => result.Tokens.Select(token => (result.Option.Name, token.Value)))
            .Where(written => written.Value.Length == 0
                || (written.Value != "-" && !AtomicFile.IsDevice(written.Value)));

    private static IEnumerable<string> Read(CommandResult command)
    {
        var named = command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .SelectMany(token => FilePattern.Matches(token.Value));
        return named.Concat(command.Children.OfType<OptionResult>()
            .Where(result => s_read.Contains(result.Option.Name) && !IsSimulatedTruth(command, result))
            .SelectMany(result => result.Tokens.Select(token => token.Value)));
    }

    private static bool IsSimulatedTruth(CommandResult command, OptionResult result) =>
        command.Command.Name == "simulate" && result.Option.Name == SimulatedTruth;

    // Through every link, of folders as well.
    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.LinkTarget is null ? next
                : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return real;
    }
}
