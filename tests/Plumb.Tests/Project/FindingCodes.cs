using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plumb.Tests;

/// <summary>The codes of all findings that the sources can make, read from the sources.</summary>
internal static partial class FindingCodes
{
    // What makes a finding of a code that it is given, or hands that code on to one.
    private static readonly string[] s_makers =
        ["Add", "Noted", "Information", "Then", "TestOfGain", "TestOfF", "HypothesisTest"];

    /// <summary>All of them, each with the parts of its messages that the sources hold as they are.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = Find();

    private static Dictionary<string, IReadOnlyList<string>> Find()
    {
        var codes = new List<(string Code, string[] Parts)>();
        var sources = Path.Combine(Repository.Root, "src");
        foreach (var file in Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (text.Contains("Severity.", StringComparison.Ordinal) || s_makers.Any(maker => text.Contains(maker + "(",
                StringComparison.Ordinal)))
            {
                codes.AddRange(In(CSharpSyntaxTree.ParseText(text).GetRoot()));
            }
        }

        codes.AddRange(Slips().Select(slip => (slip, Array.Empty<string>())));
        return codes.GroupBy(pair => pair.Code, StringComparer.Ordinal).ToDictionary(group => group.Key,
            group => (IReadOnlyList<string>)[.. group.SelectMany(pair => pair.Parts)], StringComparer.Ordinal);
    }

    private static IEnumerable<(string Code, string[] Parts)> In(SyntaxNode root)
    {
        foreach (var list in root.DescendantNodes().OfType<ArgumentListSyntax>())
        {
            var arguments = list.Arguments;
            var after = arguments.IndexOf(argument => IsSeverity(argument.Expression)) + 1;
            if (after > 0 && after < arguments.Count && CodeIn(arguments[after].Expression, root) is { } code)
            {
                yield return (code, after + 1 < arguments.Count ? [.. PartsOf(arguments[after + 1])] : []);
            }
            else if (s_makers.Contains(NameOf(list.Parent!)) && !IsOfOthers(list.Parent!)
                && arguments.Select(argument => CodeIn(argument.Expression, root)).FirstOrDefault(found => found
                    is not null) is { } handed)
            {
                yield return (handed, []);
            }
        }
    }

    // What is added to a file of ONNX, or to what a shell completes, is no finding.
    private static bool IsOfOthers(SyntaxNode call) => call.ToString() is var text
        && (text.Contains("ProtobufMessage", StringComparison.Ordinal)
            || text.Contains("CompletionSources", StringComparison.Ordinal));

    private static bool IsSeverity(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression.ToString() == "Severity",
        ConditionalExpressionSyntax choice => IsSeverity(choice.WhenTrue),
        IdentifierNameSyntax name => name.Identifier.Text == "severity",
        _ => false,
    };

    private static string NameOf(SyntaxNode parent) => parent switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.Text,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => name.Identifier.Text,
        ObjectCreationExpressionSyntax creation => creation.Type.ToString(),
        _ => "",
    };

    private static string? CodeIn(ExpressionSyntax expression, SyntaxNode root) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
            when Code().IsMatch(literal.Token.ValueText) => literal.Token.ValueText,
        IdentifierNameSyntax name => root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(variable => variable.Identifier.Text == name.Identifier.Text
                && variable.Parent?.Parent is FieldDeclarationSyntax field
                && field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .Select(variable => variable.Initializer?.Value is { } value ? CodeIn(value, root) : null)
            .FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<string> PartsOf(ArgumentSyntax message) => message.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
        .Select(token => token.ValueText.Trim())
        .Where(part => part.Length >= ShortestPart);

    // Those that are put together: a scaling of inputs, of targets or of both, and factors of either.
    private static IEnumerable<string> Slips()
    {
        var scalings = File.ReadAllText(Path.Combine(Repository.Root, "src", "Plumb", "Diagnosis", "Origins", "Slips",
            "ColumnScalings.cs"));
        foreach (var code in CSharpSyntaxTree.ParseText(scalings).GetRoot().DescendantNodes()
            .OfType<ArgumentListSyntax>().Where(list => NameOf(list.Parent!) is "Of" or "Ranged")
            .Select(list => CodeIn(list.Arguments[0].Expression, list)).OfType<string>().Where(code => code != "none"))
        {
            yield return "inputs-" + code;
            yield return "targets-" + code;
            if (code != "centred")
            {
                yield return code;
            }
        }

        foreach (var what in (string[])["input", "target"])
        {
            yield return what + "-sign";
            yield return what + "-scaled";
        }
    }

    private const int ShortestPart = 12; // characters: enough to know a sentence by

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Code();
}
