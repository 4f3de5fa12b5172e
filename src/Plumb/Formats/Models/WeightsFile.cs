using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Weights that any program wrote: JSON model files, CSV tables, NumPy's NPY and NPZ, safetensors. Told by the file's
/// name, else by its first bytes.
/// Nothing is evaluated or unpickled, lengths are checked before memory is asked for, and damaged files are refused.
/// </summary>
public static class WeightsFile
{
    /// <summary>Reads weights.</summary>
    /// <param name="stream">The file's bytes; read to their end, left open.</param>
    /// <param name="name">The file's name, for messages; its extension tells the kind of file.</param>
    /// <param name="format">What is known about the file.</param>
    /// <exception cref="InvalidDataException">The file holds no weights, or is damaged; the message names file, place,
    /// what was found, what was expected, and the remedy.</exception>
    public static StoredWeights Read(Stream stream, string name, WeightsFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        format ??= new WeightsFormat();
        var extension = Path.GetExtension(name).ToLowerInvariant();
        RefuseUnread(extension, name);
        var file = ReadAll(stream, name);
        if (FileSignature.Of(file.Span) is { Name: "gzip" or "Parquet" } signature)
        {
            throw new InvalidDataException(
                $"{name}: is a {signature.Name} file, by its first bytes, expected weights; {signature.Remedy}.");
        }

        return extension switch
        {
            ".json" => OfJson(file, name, format),
            ".npy" => OfNpy(file, name, format),
            ".npz" => OfNpz(file, name, format),
            ".safetensors" => OfSafetensors(file, name, format),
            ".csv" or ".tsv" or ".txt" => WeightsTable.Read(file, name, format),
            _ => file.Span switch
            {
                [0x93, (byte)'N', (byte)'U', ..] => OfNpy(file, name, format),
                [(byte)'P', (byte)'K', 3, 4, ..] => OfNpz(file, name, format),
                [_, _, _, _, _, 0, 0, 0, (byte)'{', ..] => OfSafetensors(file, name, format),
                _ => OfJson(file, name, format),
            },
        };
    }

    private static StoredWeights OfJson(ReadOnlyMemory<byte> file, string name, WeightsFormat format) =>
        ModelReader.Read(file, name, root => JsonWeights.IsModel(root, format) ? OfModel(root, name, format)
            : JsonWeights.TableOf(root) is { } table ? WeightsTable.Of(table, name, format)
            : OfArrays(JsonWeights.ArraysOf(root), name, format, []), mayBeList: true);

    private static StoredWeights OfModel(JsonPlace root, string name, WeightsFormat format)
    {
        var model = ModelReader.ReadModel(root);
        return format.BiasAt is null
            ? new StoredWeights(name, []) { Model = model, RowsAreTargets = format.Transposed ? false : null }
            : throw HasBias(name);
    }

    /// <summary>The refusal of a place for the bias where it has one already.</summary>
    internal static InvalidDataException HasBias(string name) =>
        new($"{name}: has a bias beside the weights, expected W and b in one array where one of its numbers is said to "
            + "be the bias; " + Remedies.DoNotPlaceBias + ".");

    private static StoredWeights OfNpy(ReadOnlyMemory<byte> file, string name, WeightsFormat format)
    {
        var findings = new List<Finding>();
        return OfArrays(new StoredArrays([NpyReader.Read(file, name, findings)]), name, format, findings);
    }

    private static StoredWeights OfNpz(ReadOnlyMemory<byte> file, string name, WeightsFormat format) =>
        OfArrays(NpzReader.Read(file, name), name, format, []);

    private static StoredWeights OfSafetensors(ReadOnlyMemory<byte> file, string name, WeightsFormat format) =>
        OfArrays(SafetensorsReader.Read(file, name), name, format, []);

    private static StoredWeights OfArrays(StoredArrays stored, string name, WeightsFormat format,
        List<Finding> findings)
    {
        var (weights, bias) = WeightsChoice.Of(stored.Arrays, format, name, findings);
        if (weights.Shape.Count is not (1 or 2) || weights.Shape.Contains(0))
        {
            throw new InvalidDataException(
                $"{weights.Place}: holds "
                    + $"{(weights.Shape.Count == 0 ? "a single number" : $"an array of shape {weights.ShapeText}")}, "
                        + $"expected the weights as a list or a matrix with one row and one column or more; store W as "
                            + $"targets x inputs.");
        }

        if (bias is not null && bias.Shape.Count(length => length != 1) > 1)
        {
            throw new InvalidDataException(
                $"{bias.Place}: holds an array of shape {bias.ShapeText}, expected the bias as a list, one number per "
                    + $"target; {Remedies.NameBias}.");
        }

        var values = weights.Read(findings);
        if (weights.ElementNames is { } elements)
        {
            return OfNamed(elements, values, bias?.Read(findings) ?? [], weights.Place, name, format, findings);
        }

        if (bias is not null && format.BiasAt is not null)
        {
            throw HasBias(name);
        }

        var isVector = weights.Shape.Count == 1;
        var matrix = new Matrix(isVector ? 1 : (int)weights.Shape[0], (int)weights.Shape[^1]);
        values.CopyTo(matrix.Writable);
        var names = stored.Names is { } found
            && (found.Targets.Count, found.Inputs.Count) == (matrix.Rows, matrix.Columns) ? found : null;
        return new StoredWeights(name, findings)
        {
            Values = matrix,
            RowNames = names?.Targets,
            ColumnNames = names?.Inputs ?? (stored.InputNames?.Count == matrix.Columns ? stored.InputNames : null),
            IsVector = isVector,
            Bias = bias?.Read(findings),
            BiasAt = format.BiasAt,
            RowsAreTargets = format.Transposed ? false : names is not null ? true : null,
            IsKernel = weights.Name.Contains("kernel", StringComparison.OrdinalIgnoreCase),
            SignificandBits = Math.Min(weights.Type!.SignificandBits,
                bias?.Type!.SignificandBits ?? ElementType.DoubleBits),
        };
    }

    // Numbers under the names of the inputs, the bias among them or beside them.
    private static StoredWeights OfNamed(IReadOnlyList<string> elements, double[] values, double[] bias, string place,
        string name, WeightsFormat format, List<Finding> findings)
    {
        findings.RemoveAll(finding => finding.Code == "no-bias"); // the table says it, unless it holds one
        if (bias.Length > 0 && BiasNames.IndexIn(elements, format) >= 0)
        {
            throw new InvalidDataException($"{place}: holds a bias, and there is another one beside it, expected one "
                + "of the two; leave one out.");
        }

        return WeightsTable.Of(
            [
                new TableRow(place, ["", "0"]),
                .. elements.Zip(values).Concat(bias.Select(value => ("bias", value))).Select(cell => new TableRow(place,
                    [cell.Item1, cell.Item2.ToString("R", CultureInfo.InvariantCulture)])),
            ], name, format with { BiasName = null }, findings);
    }

    private static void RefuseUnread(string extension, string name)
    {
        switch (extension)
        {
            case ".pt" or ".pth" or ".pkl" or ".pickle" or ".joblib" or ".bin":
                throw new InvalidDataException(
                    $"{name}: holds pickled Python objects, which can run code when they are read, expected weights; "
                        + $"save them as safetensors (safetensors.torch.save_file) or NPZ (numpy.savez).");
            case ".h5" or ".hdf5" or ".keras" or ".onnx":
                throw new InvalidDataException(
                    $"{name}: is a {extension} file, expected JSON, CSV, NPY, NPZ or safetensors; save the weights by "
                        + $"numpy.savez(\"weights.npz\", kernel=W, bias=b).");
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, string name)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[1 << 16];
        int count;
        while ((count = stream.Read(chunk)) > 0)
        {
            bytes.Write(chunk, 0, count);
            if (bytes.Length > StoredArray.MostBytes
                || (bytes.Length == count && stream.CanSeek && stream.Length > StoredArray.MostBytes))
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{name}: holds more than {StoredArray.MostBytes >> 20} MB, expected the weights of one affine "
                            + $"map; give a file with these only."));
            }
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
