using System.Runtime.InteropServices;

namespace Plumb.Native;

/// <summary>Moments: rows in, exact sums kept.</summary>
internal static unsafe class MomentsExports
{
    private const string Word = "moments";

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_new")]
    public static int New(byte** inputs, int inputCount, byte** targets, int targetCount, nint* moments) =>
        Answer.Of(() =>
        {
            if (inputCount < 1 || targetCount < 1)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"there are {inputCount} inputs and {targetCount} targets, expected one or more of each."));
            }

            *moments = Handle.Of(new Moments(new VariableNames(NativeText.Names(inputs, inputCount, "an input's name"),
                NativeText.Names(targets, targetCount, "a target's name"))));
        });

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_add")]
    public static int Add(nint moments, long rows, nint* columns, long* strides) => Answer.Of(() =>
    {
        var sums = Handle.To<Moments>(moments, Word);
        var more = new Moments(sums.Names); // so that a row that is refused leaves none of the others behind
        foreach (var block in new NativeRows(rows, columns, strides, sums.Names).Blocks())
        {
            more.Add(block);
        }

        sums.Merge(more);
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_remove")]
    public static int Remove(nint moments, long rows, nint* columns, long* strides) => Answer.Of(() =>
    {
        var sums = Handle.To<Moments>(moments, Word);
        var fewer = sums.Clone();
        foreach (var block in new NativeRows(rows, columns, strides, sums.Names).Blocks())
        {
            fewer.Remove(block);
        }

        foreach (var block in new NativeRows(rows, columns, strides, sums.Names).Blocks())
        {
            sums.Remove(block);
        }
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_merge")]
    public static int Merge(nint moments, nint other) =>
        Answer.Of(() => Handle.To<Moments>(moments, Word).Merge(Handle.To<Moments>(other, Word)));

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_rows")]
    public static int Rows(nint moments, long* rows) =>
        Answer.Of(() => *rows = Handle.To<Moments>(moments, Word).Rows);

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_save")]
    public static int Save(nint moments, nint* bytes, long* length) => Answer.Of(() =>
    {
        using var stream = new MemoryStream();
        Handle.To<Moments>(moments, Word).Save(stream);
        var copy = Marshal.AllocCoTaskMem((int)stream.Length);
        stream.GetBuffer().AsSpan(0, (int)stream.Length).CopyTo(new Span<byte>((void*)copy, (int)stream.Length));
        (*bytes, *length) = (copy, stream.Length);
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_moments_load")]
    public static int Load(byte* bytes, long length, nint* moments) => Answer.Of(() =>
    {
        if (bytes is null || length < 0)
        {
            throw new ArgumentException("there are no bytes to load.");
        }

        using var stream = new UnmanagedMemoryStream(bytes, length);
        *moments = Handle.Of(Moments.Load(stream));
    });
}
