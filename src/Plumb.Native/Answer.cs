using System.Runtime.InteropServices;

namespace Plumb.Native;

/// <summary>What a function answers: a code, and in words what went wrong. No exception leaves the library.</summary>
internal static class Answer
{
    private const int Done = 0;
    private const int BadArgument = 1;
    private const int BadData = 2;
    private const int NoAnswer = 3;
    private const int NoMemory = 4;
    private const int Failed = 5;

    [ThreadStatic]
    private static nint s_error; // of the thread's last call that failed

    /// <summary>The words; empty before anything went wrong.</summary>
    [UnmanagedCallersOnly(EntryPoint = "plumb_last_error")]
    public static nint LastError() => s_error == 0 ? s_error = Marshal.StringToCoTaskMemUTF8("") : s_error;

    /// <summary>Does work, and says how it went.</summary>
    public static int Of(Action work)
    {
        try
        {
            work();
            return Done;
        }
        catch (Exception error) // whatever it is, the caller knows none of .NET's
        {
            return Said(error);
        }
    }

    private static int Said(Exception error)
    {
        var (code, text) = error switch
        {
            ArgumentException => (BadArgument, error.Message.Split(" (Parameter", 2)[0]),
            InvalidDataException => (BadData, error.Message),
            ArithmeticException => (NoAnswer, error.Message),
            OutOfMemoryException => (NoMemory, "there is not enough memory."),
            _ => (Failed, $"{error.GetType().Name}: {error.Message}"),
        };
        try
        {
            var said = Marshal.StringToCoTaskMemUTF8(text);
            Marshal.FreeCoTaskMem(s_error);
            s_error = said;
        }
        catch (OutOfMemoryException)
        {
            return NoMemory; // the words before stay
        }

        return code;
    }
}
