using System.Reflection;
using System.Runtime.InteropServices;

namespace Plumb.Native;

/// <summary>Texts of C: UTF-8 that ends in 0.</summary>
internal static unsafe class NativeText
{
    private static readonly nint s_version = Marshal.StringToCoTaskMemUTF8(
        typeof(Moments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0]);

    /// <summary>The version, such as 0.1.0; never to be freed.</summary>
    [UnmanagedCallersOnly(EntryPoint = "plumb_version")]
    public static nint Version() => s_version;

    /// <summary>Frees what a function gave; nothing for NULL.</summary>
    [UnmanagedCallersOnly(EntryPoint = "plumb_free")]
    public static void Free(nint text) => Marshal.FreeCoTaskMem(text);

    /// <summary>A text to read.</summary>
    /// <exception cref="ArgumentException">It is NULL.</exception>
    public static string Of(byte* text, string what) =>
        Marshal.PtrToStringUTF8((nint)text) ?? throw new ArgumentException($"{what} is NULL.");

    /// <summary>Names to read.</summary>
    public static string[] Names(byte** names, int count, string what)
    {
        var texts = new string[Math.Max(0, count)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Of(names[i], what);
        }

        return texts;
    }

    /// <summary>Hands a text out.</summary>
    public static void Write(nint* place, string text)
    {
        if (place is null)
        {
            throw new ArgumentException("there is no place for the text: the last argument is NULL.");
        }

        *place = Marshal.StringToCoTaskMemUTF8(text);
    }
}
