using System.Runtime.InteropServices;

namespace Plumb.Native;

/// <summary>Objects as the numbers that a caller holds.</summary>
internal static class Handle
{
    /// <summary>A number for an object, which lives until it is released.</summary>
    public static nint Of(object it) => GCHandle.ToIntPtr(GCHandle.Alloc(it));

    /// <summary>The object of a number.</summary>
    /// <exception cref="ArgumentException">It is NULL, or of an object of another kind.</exception>
    public static T To<T>(nint handle, string what)
        where T : class =>
        handle == 0 ? throw new ArgumentException($"{what} is NULL.")
            : GCHandle.FromIntPtr(handle).Target as T ?? throw new ArgumentException($"this is not {what}.");

    /// <summary>Ends an object; nothing for NULL.</summary>
    [UnmanagedCallersOnly(EntryPoint = "plumb_release")]
    public static void Release(nint handle)
    {
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle).Free();
        }
    }
}
