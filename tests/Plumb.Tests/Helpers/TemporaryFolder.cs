namespace Plumb.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("plumb-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string[] Files =>
        [.. Directory.EnumerateFileSystemEntries(_path).Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal)];

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
