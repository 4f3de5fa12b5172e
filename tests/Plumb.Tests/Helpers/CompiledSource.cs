using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plumb.Tests;

/// <summary>C# source that the tests compile, as the oldest language that it is meant for.</summary>
internal static class CompiledSource
{
    /// <summary>The assembly; the source must compile without warnings.</summary>
    public static Assembly Of(string source)
    {
        var references =
            new[] { typeof(object).Assembly.Location }.Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("exported",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp7_3),
                cancellationToken: TestContext.Current.CancellationToken)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics);
        return Assembly.Load(stream.ToArray());
    }
}
