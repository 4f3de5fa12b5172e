using System.Globalization;

namespace Plumb.Cli;

/// <summary>Files that a command reads; "-" is standard input.</summary>
internal static class DataFile
{
    private const int BufferSize = 1 << 16;

    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    public static Stream Open(string path, ProcessStreams terminal)
    {
        if (path == "-")
        {
            return terminal.Input;
        }

        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize,
            FileOptions.SequentialScan);
    }

    /// <summary>The lines of a text.</summary>
    public static IReadOnlyList<string> ReadLines(string path, ProcessStreams terminal)
    {
        using var reader = new StreamReader(OpenText(path, terminal));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The text of a file, unpacked where zstd packed it.</summary>
    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    public static Stream OpenText(string path, ProcessStreams terminal)
    {
        var stream = Open(path, terminal);
        var first = new byte[4];
        var count = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (ZstdStream.IsMeant(first))
        {
            return new ZstdStream(new FramedStream(first, stream, []), NameOf(path));
        }

        if (!stream.CanSeek)
        {
            return new FramedStream(first[..count], stream, []);
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>A file whose bytes are not read in their order.</summary>
    /// <exception cref="CommandException">There is no such file, or it is a directory or a pipe.</exception>
    public static Stream OpenToSeek(string path, ProcessStreams terminal)
    {
        var stream = Open(path, terminal);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw CommandException.DataRefused(
            $"{path}: is a pipe, expected a file, since this format is not read in the order of its bytes; save it as "
                + $"a file first.");
    }

    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    public static void Require(string path)
    {
        if (path.Length == 0)
        {
            throw CommandException.Usage("a file's name is empty, expected that of a file to read; name one.");
        }

        if (Directory.Exists(path))
        {
            throw CommandException.DataRefused($"{path}: is a directory, expected a file; name a file in it.");
        }

        if (!File.Exists(path))
        {
            throw CommandException.DataRefused(
                $"{path}: there is no such file; check the name and the folder you are in.");
        }
    }

    /// <summary>Weights, ours or from elsewhere.</summary>
    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    /// <exception cref="InvalidDataException">It holds no weights.</exception>
    public static StoredWeights ReadWeights(string path, WeightsFormat format, ProcessStreams terminal)
    {
        using var stream = Open(path, terminal);
        return WeightsFile.Read(stream, NameOf(path), format);
    }

    /// <summary>Whether a name is that of a moments file.</summary>
    public static bool IsMoments(string path) => path.EndsWith(".moments", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    /// <exception cref="InvalidDataException">It holds no moments.</exception>
    public static Moments ReadMoments(string path, ProcessStreams terminal)
    {
        using var stream = Open(path, terminal);
        return Moments.Load(stream, NameOf(path));
    }

    /// <summary>The length in bytes; 0 where it is not known, as of pipes.</summary>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        // What /dev/stdin and /dev/fd/N name is told by where they lead: a pipe leads to no file.
        var real = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
        return real is FileInfo { Exists: true } found ? found.Length : 0;
    }

    /// <summary>
    /// A model for the inputs and targets of given data, its columns put in their order by name; a model without names
    /// of its own must have the shape. What its reader has to say goes to standard error.
    /// </summary>
    /// <exception cref="CommandException">There is no such file, or its inputs or targets are others.</exception>
    /// <exception cref="InvalidDataException">It is not a model.</exception>
    public static AffineModel ReadModelFor(string path, VariableNames names, ProcessStreams terminal)
    {
        var weights = ReadWeights(path, new WeightsFormat(), terminal);
        var model = ModelFor(weights, path, names);
        terminal.Report(weights.Findings);
        return model;
    }

    /// <summary>The map of weights that were read, for the inputs and targets of given data.</summary>
    /// <param name="stored">The weights.</param>
    /// <param name="path">Their file.</param>
    /// <param name="names">The inputs and targets.</param>
    /// <param name="design">What the inputs are made of, by which other programs may name them.</param>
    /// <exception cref="CommandException">Its inputs or targets are others.</exception>
    /// <exception cref="InvalidDataException">Its shape is another.</exception>
    public static AffineModel ModelFor(StoredWeights stored, string path, VariableNames names, Design? design = null)
    {
        var model = stored.ToModel(names);
        var map = model.Map;
        if (design is { IsPlain: false } && model.Design is null)
        {
            map = map.Named(map.Names with { Inputs = ForeignLevels.Named(map.Names.Inputs, design) });
        }

        if (map.InputCount != names.Inputs.Count || map.TargetCount != names.Targets.Count)
        {
            throw CommandException.DataRefused(
                string.Create(CultureInfo.InvariantCulture,
                    $"{NameOf(path)}: has {map.InputCount} inputs and {map.TargetCount} targets, but the data have "
                        + $"{names.Inputs.Count} and {names.Targets.Count}; take a model of that shape."));
        }

        if (map.Names.Equals(VariableNames.Default(map.InputCount, map.TargetCount)))
        {
            return model with { Map = map.Named(names) };
        }

        int[] inputs = [.. names.Inputs.Select(name => Place(map.Names.Inputs, name, "input", path))];
        int[] targets = [.. names.Targets.Select(name => Place(map.Names.Targets, name, "target", path))];
        var weights = Matrix.Create(targets.Length, inputs.Length, (t, j) => map.WeightsOf(targets[t])[inputs[j]]);
        var bias = map.Bias.ToArray();
        return model with { Map = new AffineMap(weights, [.. targets.Select(t => bias[t])], names) };
    }

    private static int Place(IReadOnlyList<string> names, string name, string kind, string path)
    {
        var place = names.ToList().IndexOf(name);
        return place >= 0
            ? place
            : throw CommandException.DataRefused(
                $"{NameOf(path)}: has no {kind} '{name}', among its {kind}s {Names.List(names)}; rename it there, or "
                    + $"take another model.");
    }
}
