using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Streams for the command line's reading, which has nothing to say on a page.</summary>
internal static class Silence
{
    /// <summary>Empty input, and output that nobody reads.</summary>
    public static ProcessStreams Streams() => ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null);
}
