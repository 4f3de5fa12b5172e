using System.Text;

namespace Plumb.Cli;

/// <summary>
/// Standard error, whatever becomes of it: a message that cannot be written is lost, and the work and its exit code are
/// not.
/// </summary>
internal sealed class PatientWriter(TextWriter error) : TextWriter
{
    public override Encoding Encoding => error.Encoding;

    public override void Write(char value) => Try(() => error.Write(value));

    public override void Write(string? value) => Try(() => error.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => error.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => error.WriteLine(value));

    public override void Flush() => Try(error.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is nowhere to say it.
        }
    }
}
