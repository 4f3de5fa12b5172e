namespace Plumb.Studio;

/// <summary>A file that may be read.</summary>
/// <param name="Full">Where it is.</param>
/// <param name="Shown">What it is called in reports and commands.</param>
internal sealed record OpenedPath(string Full, string Shown)
{
    /// <summary>A text of the command line, which calls the file by where it is, as it is to be shown.</summary>
    public string In(string text) => text.Replace(Full, Shown, StringComparison.Ordinal);
}
