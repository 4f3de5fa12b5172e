using System.Text;

namespace Plumb;

/// <summary>
/// The JSON model file, schema "plumb.model/1": weights (targets x inputs), bias, names, and what is known about them.
/// Numbers keep every bit. Reading also takes plain {"weights": [[..]], "bias": [..]} from elsewhere.
/// </summary>
public static class ModelFile
{
    /// <summary>The schema that this version writes and reads.</summary>
    public const string Schema = "plumb.model/1";

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file's bytes, UTF-8 with or without BOM; read to its end, left open.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">The file is no such model; the message names file, JSON path, what was
    /// found, what was expected, and the remedy.</exception>
    public static AffineModel Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ModelReader.Read(ModelReader.ReadBytes(stream, name), name);
    }

    /// <summary>Reads a model from JSON text.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The text is no such model.</exception>
    public static AffineModel Parse(string json, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ModelReader.Read(Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>Writes a model as UTF-8 without BOM, lines ending in LF, the last one too.</summary>
    /// <exception cref="ArgumentException">A number is not finite, a name is empty or not the only one of its kind,
    /// there is no target, or an entry's length is not the map's.</exception>
    public static void Write(Stream stream, AffineModel model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        stream.Write(ModelWriter.Encode(model));
    }

    /// <summary>The model as JSON text.</summary>
    /// <exception cref="ArgumentException">A number is not finite, a name is empty or not the only one of its kind,
    /// there is no target, or an entry's length is not the map's.</exception>
    public static string Format(AffineModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Encoding.UTF8.GetString(ModelWriter.Encode(model));
    }
}
