using System.Globalization;
using System.Reflection;

namespace Plumb.Rivals;

internal static class Versions
{
    /// <summary>The version of the package that a type comes from.</summary>
    public static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";

    /// <summary>A count, such as 20000 or 2e4.</summary>
    public static int Count(string text) => (int)double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
