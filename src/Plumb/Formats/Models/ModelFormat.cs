namespace Plumb.Formats;

/// <summary>
/// A kind of file that a model can be written as, for Plumb itself or for other programs; W and b keep every bit in
/// each but <see cref="OnnxSingle"/>.
/// </summary>
public sealed record ModelFormat
{
    private readonly Action<Stream, AffineModel, string> _write;

    private ModelFormat(string name, string extension, Action<Stream, AffineModel, string> write) =>
        (Name, Extension, _write) = (name, extension, write);

    /// <summary>
    /// Plumb's own file, see <see cref="ModelFile"/>: the only one that keeps what is known about the map.
    /// </summary>
    public static ModelFormat Json { get; } = new("JSON", ".json",
        (stream, model, _) => ModelFile.Write(stream, model))
    { KeepsMetadata = true, MakesInputs = true };

    /// <summary>
    /// NumPy's archive of arrays: coef_ (targets x inputs) and intercept_ as scikit-learn calls them, inputs and
    /// targets with the names.
    /// </summary>
    public static ModelFormat Npz { get; } = new("NPZ", ".npz",
        (stream, model, _) => NpzWriter.Write(stream, model.Map));

    /// <summary>
    /// Tensors weight (targets x inputs) and bias, as a linear layer of PyTorch calls them; the names are in the
    /// metadata.
    /// </summary>
    public static ModelFormat Safetensors { get; } = new("safetensors", ".safetensors",
        (stream, model, _) => SafetensorsWriter.Write(stream, model.Map));

    /// <summary>
    /// ONNX: double x (rows x inputs) to double y (rows x targets) by MatMul and Add; the names are in the metadata.
    /// Where the inputs are made from columns, each column is an input of its own: double, text or truth value.
    /// </summary>
    public static ModelFormat Onnx { get; } = new("ONNX", ".onnx",
        (stream, model, name) => OnnxWriter.Write(stream, model, name))
    { MakesInputs = true };

    /// <summary>
    /// The same in single precision: float x to float y, the numbers rounded as <see cref="SinglePrecision"/> does.
    /// </summary>
    public static ModelFormat OnnxSingle { get; } = new("ONNX in single precision", ".onnx",
        (stream, model, name) => OnnxWriter.Write(stream, model, name, isSingle: true))
    { MakesInputs = true };

    /// <summary>
    /// C# source: a static class that needs nothing and computes what
    /// <see cref="AffineMap.Apply(ReadOnlySpan{double})"/> computes, to the bit. Where the inputs are made from
    /// columns, it makes them: a column is a parameter.
    /// </summary>
    public static ModelFormat CSharp { get; } = new("C#", ".cs",
        (stream, model, name) => CSharpWriter.Write(stream, model, name))
    { MakesInputs = true };

    /// <summary>
    /// A Python module that needs Python 3 alone: apply(x), or a parameter for each column where the inputs are made
    /// from columns.
    /// </summary>
    public static ModelFormat Python { get; } = new("Python", ".py",
        (stream, model, _) => PythonSource.Write(stream, model))
    { MakesInputs = true };

    /// <summary>A header of C99 and C++ that needs the standard library alone: NAME_apply(x, y), or a parameter for
    /// each column.</summary>
    public static ModelFormat C { get; } = new("C", ".h", CHeader.Write) { MakesInputs = true };

    /// <summary>All formats, one for each extension.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [Json, Npz, Safetensors, Onnx, CSharp, Python, C];

    /// <summary>What users call it.</summary>
    public string Name { get; }

    /// <summary>How its files' names end, with the point.</summary>
    public string Extension { get; }

    /// <summary>
    /// Whether it keeps what is known about the map: how it was made, which weights the data determine, and
    /// which directions they leave undetermined.
    /// </summary>
    public bool KeepsMetadata { get; private init; }

    /// <summary>The format of a file with this name; null where its extension is none of them.</summary>
    public static ModelFormat? Of(string fileName) =>
        All.FirstOrDefault(format =>
            string.Equals(format.Extension, Path.GetExtension(fileName), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it holds how inputs are made from columns, and not W and b only.</summary>
    public bool MakesInputs { get; private init; }

    /// <summary>Whether it can hold a model whose inputs are made so; others than columns and powers, only where it
    /// makes them.</summary>
    public bool Takes(Design? design) => MakesInputs || design is null || design.IsOfPowers;

    /// <summary>Writes a model.</summary>
    /// <param name="stream">Receives the file's bytes; it is neither flushed nor disposed of.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">What to call it where the format has a place for that: ONNX its graph, C# its class, C its
    /// functions.</param>
    /// <exception cref="ArgumentException">A number is not finite, a name is empty or not the only one of its kind,
    /// there is no target, or an entry's length is not the map's.</exception>
    /// <exception cref="OverflowException">A number is beyond the range of single precision, and that was
    /// asked for.</exception>
    public void Write(Stream stream, AffineModel model, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(name);
        WritableModel.Require(model);
        if (!Takes(model.Design))
        {
            throw new ArgumentException($"{Name} holds W and b only, and not that the model's inputs are made from "
                + $"columns by functions, products or levels; write the model as JSON, ONNX, C#, Python or "
                + $"C.", nameof(model));
        }

        _write(stream, model, name);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
