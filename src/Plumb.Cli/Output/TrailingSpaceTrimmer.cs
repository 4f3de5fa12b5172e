using System.Text;

namespace Plumb.Cli;

/// <summary>
/// Leaves out the spaces at the ends of lines, which tables are padded with and which nobody wants in a file.
/// </summary>
internal sealed class TrailingSpaceTrimmer(TextWriter inner) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        if (value is not ('\n' or '\r'))
        {
            inner.Write(new string(' ', _spaces));
        }

        _spaces = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
