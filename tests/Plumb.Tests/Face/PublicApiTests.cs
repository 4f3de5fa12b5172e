using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Tests;

/// <summary>docs/api.md lists what the packages offer: a change of the public face is a change of that page.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    // What a record has of the compiler.
    private static readonly HashSet<string> s_ofRecords = ["ToString", "GetHashCode", "Equals", "Deconstruct",
        "op_Equality", "op_Inequality", "<Clone>$", "PrintMembers", "get_EqualityContract"];

    private static readonly (Type Sample, string About)[] s_packages =
    [
        (typeof(Moments), "Fits, training, verdicts, points to measure next; CSV, JSON and arrays."),
        (typeof(ArrowReader), "Arrow IPC files and streams."),
        (typeof(DuckDbReader), "Parquet, JSON, DuckDB's databases and SQL."),
        (typeof(PostgreSqlReader), "Tables and queries of PostgreSQL."),
        (typeof(SqlDialect), "Exact moments added up inside a database."),
        (typeof(ZstdStream), "Text packed by zstd."),
        (typeof(DataViewReader), "ML.NET."),
    ];

    [Fact]
    public void Page_lists_every_public_type_and_member()
    {
        var page = new StringBuilder("# The public face\n\n")
            .Append("Every public type and member, by package and namespace, as a test writes them ")
            .Append("(`PublicApiTests`).\n")
            .Append("What records have of the compiler, such as equality, is left out.\n");
        foreach (var (sample, about) in s_packages)
        {
            page.Append($"\n## {sample.Assembly.GetName().Name}\n\n{about}\n");
            foreach (var space in sample.Assembly.GetExportedTypes().GroupBy(type => type.Namespace)
                .OrderBy(space => space.Key, StringComparer.Ordinal))
            {
                page.Append($"\n```csharp\nnamespace {space.Key};\n\n");
                foreach (var type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
                {
                    Write(page, type);
                }

                page.Append("```\n");
            }
        }

        Golden.VerifyFile(Path.Combine(Repository.Root, "docs", "api.md"), page.ToString());
    }

    private static void Write(StringBuilder page, Type type)
    {
        page.Append($"{KindOf(type)} {NameOf(type)}{BaseOf(type)}\n");
        foreach (var line in type.IsEnum ? Enum.GetNames(type).Select(name => name + ",")
            : Members(type).Distinct().Order(StringComparer.Ordinal))
        {
            page.Append($"    {line}\n");
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$") is not null;
        foreach (var constructor in type.GetConstructors(Own).Where(constructor => IsSeen(constructor)
            && !(isRecord && constructor.GetParameters() is [var only] && only.ParameterType == type)))
        {
            yield return $"{Access(constructor)}{type.Name.Split('`')[0]}({Parameters(constructor)})";
        }

        foreach (var field in type.GetFields(Own).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} "
                + field.Name;
        }

        foreach (var property in type.GetProperties(Own).Where(property => property.GetMethod is { } get && IsSeen(get)
            && property.Name != "EqualityContract"))
        {
            var set = property.SetMethod is { } setter && IsSeen(setter)
                ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
                    : " set;" : "";
            var index = property.GetIndexParameters();
            yield return $"{Access(property.GetMethod!)}{NameOf(property.PropertyType)} "
                + (index.Length > 0 ? $"this[{Parameters(index)}]" : property.Name) + $" {{ get;{set} }}";
        }

        foreach (var method in type.GetMethods(Own).Where(method => IsSeen(method)
            && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            && !(isRecord && s_ofRecords.Contains(method.Name))
            && method.GetBaseDefinition().DeclaringType != typeof(object)))
        {
            var generic = method.IsGenericMethod
                ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";
            yield return $"{Access(method)}{NameOf(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : method.IsAbstract ? "abstract "
            : method is MethodInfo { IsVirtual: true, IsFinal: false } own
                ? own.GetBaseDefinition() == own ? "virtual " : "override " : "");

    private static string Parameters(MethodBase method) => Parameters(method.GetParameters());

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
            + $"{NameOf(parameter.ParameterType)} {parameter.Name}"
            + (parameter.HasDefaultValue ? " = " + Default(parameter) : "")));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool value => value ? "true" : "false",
        var other => FormattableString.Invariant($"{other}"),
    };

    private static string KindOf(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface"
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsValueType ? "struct"
        : (type.IsAbstract && type.IsSealed ? "static "
                : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
            + (type.GetMethod("<Clone>$") is null ? "class" : "record");

    private static string BaseOf(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            && parent != typeof(Enum) && parent != typeof(MulticastDelegate) ? $" : {NameOf(parent)}" : "";

    private static string NameOf(Type type)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return NameOf(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value) + "?";
        }

        var name = type.IsNested && !type.IsGenericParameter ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (type.IsGenericType && name.Contains('`', StringComparison.Ordinal))
        {
            return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<"
                + $"{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        }

        return type == typeof(void) ? "void" : type == typeof(double) ? "double" : type == typeof(float) ? "float"
            : type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(ulong) ? "ulong"
            : type == typeof(bool) ? "bool" : type == typeof(byte) ? "byte" : type == typeof(char) ? "char"
            : type == typeof(string) ? "string" : type == typeof(object) ? "object" : name;
    }
}
