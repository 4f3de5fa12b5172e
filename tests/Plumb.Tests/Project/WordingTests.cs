using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plumb.Tests;

/// <summary>What the libraries say is for everyone who uses them, not for the command line alone.</summary>
public sealed partial class WordingTests
{
    [Fact]
    public void Libraries_name_no_flag_of_the_command_line()
    {
        var found =
            from project in Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            where Path.GetFileName(project) is not ("Plumb.Cli" or "Plumb.Studio") // programs
            from file in Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)
            from token in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantTokens()
            where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            where Flag().IsMatch(token.ValueText)
            select $"{Path.GetFileName(file)}: {token.ValueText}";
        Assert.Empty(found);
    }

    // A variable of a style sheet is none.
    [GeneratedRegex("--(?!figure-)[a-z]")]
    private static partial Regex Flag();
}
