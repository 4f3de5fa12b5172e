using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumb.Tests;

public sealed partial class FigureStyleTests
{
    private static readonly string[] s_texts = ["ink", "quiet", "mark", "second", "third"];

    // W3C, Web Content Accessibility Guidelines 2.2, 1.4.3.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Text_has_a_contrast_of_four_and_a_half_on_all_grounds(int theme)
    {
        var colours = Palettes()[theme];
        foreach (var text in s_texts)
        {
            Assert.All(["paper", "ground"],
                ground => Assert.InRange(Contrast(colours[text], colours[ground]), 4.5, 21));
        }

        Assert.InRange(Contrast(colours["quiet"], colours["band"]), 4.5, 21);
    }

    [Fact]
    public void Light_and_dark_name_the_same_colours() =>
        Assert.Single(Palettes().Select(palette => string.Join(' ', palette.Keys)).Distinct());

    [Fact]
    public void Every_colour_that_is_used_is_known() => Assert.All(
        Variable().Matches(FigureStyle.Sheet).Select(match => match.Groups[1].Value),
        colour => Assert.All(Palettes(), palette => Assert.Contains(colour, palette.Keys)));

    [Fact]
    public void Picture_of_its_own_is_whole_and_brings_its_colours()
    {
        var figure = new DigitBars("Digits", "A <caption>", [new("a", 15.9, 7.2, 2.04)]);
        var alone = XDocument.Parse(FigureStyle.Standalone(figure.ToSvg())).Root!;
        Assert.Equal("720", alone.Attribute("width")!.Value);
        Assert.Contains("--figure-ink", alone.Elements().First(e => e.Name.LocalName == "style").Value,
            StringComparison.Ordinal);
        Assert.Contains("2.0 noise", alone.Value, StringComparison.Ordinal);
    }

    private static Dictionary<string, string>[] Palettes() =>
    [
        .. Palette().Matches(FigureStyle.Sheet).Take(2).Select(match => Colour().Matches(match.Value)
            .ToDictionary(colour => colour.Groups[1].Value, colour => colour.Groups[2].Value)),
    ];

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(0) + 0.7152 * Part(2) + 0.0722 * Part(4);
    }

    [GeneratedRegex(@"\{[^{}]*--figure-paper: #[^}]*\}")]
    private static partial Regex Palette();

    [GeneratedRegex(@"--figure-(\w+): #([0-9a-f]{6})")]
    private static partial Regex Colour();

    [GeneratedRegex(@"var\(--figure-(\w+)\)")]
    private static partial Regex Variable();
}
