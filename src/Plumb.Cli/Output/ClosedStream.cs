namespace Plumb.Cli;

/// <summary>In the place of a standard stream that the process was begun without.</summary>
/// <param name="name">What it is called.</param>
/// <param name="remedy">What to do.</param>
internal sealed class ClosedStream(string name, string remedy) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw IsClosed();

    public override void Write(byte[] buffer, int offset, int count) => throw IsClosed();

    public override void Flush()
    {
        // nothing is held back
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private CommandException IsClosed() => new(ExitCode.Environment, $"{name} is closed; {remedy}.");
}
