namespace Plumb.Tests;

/// <summary>What pictures say of known data.</summary>
public sealed class FigureContentTests
{
    private static readonly ForestRow s_fixed = new("wall", 2, 0.1, 1.8, 2.2);
    private static readonly ForestRow s_free = new("roof", 0, 0, 0, 0) { IsDetermined = false };

    [Fact]
    public void Undetermined_weight_is_hatched_and_said_in_words()
    {
        var forest = new WeightForest("Weights", "", [new("", [s_fixed, s_free])], [new([0, 1], "wall = 2 roof")]);
        var drawn = DrawnFigure.Of(forest);
        Assert.Contains("any value fits as well", drawn.Texts.Select(text => text.Text));
        Assert.Contains("wall = 2 roof", drawn.Texts.Select(text => text.Text));
        Assert.Contains("2.00 ± 0.10", drawn.Texts.Select(text => text.Text));
        Assert.Contains("url(#weights-any)", forest.ToSvg(), StringComparison.Ordinal);
        Assert.Contains(forest.ToLines(80), line => line.Contains("any value fits as well", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_beyond_forty_are_told_and_stand_in_the_table()
    {
        var forest = new WeightForest("Weights", "",
            [new("", [.. Enumerable.Range(0, 50).Select(i => s_fixed with { Name = $"x{i}" })])], []);
        Assert.Contains("The first 40 inputs; the table holds 10 more.",
            DrawnFigure.Of(forest).Texts.Select(text => text.Text));
        Assert.Equal(50, forest.Table.Rows.Count);
    }

    [Fact]
    public void Errors_before_and_after_next_points_stand_on_one_axis_in_a_terminal()
    {
        var next = new NextPoints("Next", "", [], [[1.0]],
            [new("a", 10, 0.1), new("b", double.PositiveInfinity, 1), new("c", 1, 1)]);
        var lines = next.ToLines(60);
        Assert.Equal("standard error: ○ now, ● after the point; ▸ ○ not determined", lines[0]);
        Assert.Matches("^a +●─+○$", lines[1]);
        Assert.Matches("^b +●─+▸ ○$", lines[2]);
        Assert.Matches("^c +●$", lines[3]);
        Assert.Equal(lines[2].IndexOf('●', StringComparison.Ordinal), lines[3].IndexOf('●', StringComparison.Ordinal));
    }

    // |1 - rate curvature| to the power of the steps is a millionth.
    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(1e-12, 0.5)]
    [InlineData(19, 0.1)]
    public void Steps_of_the_spectrum_bring_a_direction_a_million_times_closer(double curvature, double rate)
    {
        var steps = new SpectrumSteps("", "", [], rate).Steps(curvature);
        Assert.Equal(-6, steps * double.LogP1(-(1 - Math.Abs(1 - rate * curvature))) / Math.Log(10), 1e-3);
    }

    [Fact]
    public void Spectrum_says_what_never_moves_and_what_diverges()
    {
        var spectrum = new SpectrumSteps("", "", [new(0, "free"), new(1, "slow"), new(30, "steep")], 0.1);
        Assert.Equal(["never", "132", "diverges"], spectrum.Table.Rows.Select(row => row[2].Text));
        string[] texts = [.. DrawnFigure.Of(spectrum).Texts.Select(text => text.Text)];
        Assert.Contains("never", texts);
        Assert.Contains("steep diverges", texts);
    }

    [Fact]
    public void Bars_of_causes_begin_where_the_last_one_ended() =>
        Assert.Equal([0, 3, 2, 2.5], new CauseRow("w", 1, 3.5, [new("a", 3), new("b", -1), new("c", 0.5)]).Sums);

    [Theory]
    [InlineData(1, 0, 0, true)]
    [InlineData(1, 1, 1, true)]
    [InlineData(2, 0.5, 1, false)]
    public void Axes_of_a_plane_are_its_eigenvectors(double xx, double xy, double yy, bool isValley)
    {
        var axes = PlaneAxes.Of(new("", "", xx, xy, yy, [], default));
        Assert.Equal(axes.Steep * axes.X, xx * axes.X + xy * axes.Y, 1e-12);
        Assert.Equal(axes.Steep * axes.Y, xy * axes.X + yy * axes.Y, 1e-12);
        Assert.Equal(isValley, axes.IsValley);
    }

    [Fact]
    public void Points_in_one_place_share_a_label()
    {
        var next = new NextPoints("", "", [new("a", 0, 1), new("b", 0, 1)], [[0, 1], [1, 1], [0, 1]], []);
        Assert.Contains("1, 3", DrawnFigure.Of(next).Texts.Select(text => text.Text));
    }

    [Fact]
    public void Logarithmic_axes_have_powers_of_ten() => Assert.Equal(["1", "10³", "10⁶", "10⁹", "10¹²"],
        new LogScale(1, 1e12).Ticks(5).Select(tick => tick.Text).Select(text => text == "10⁰" ? "1" : text));

    [Theory]
    [InlineData(0, 9, 4, "0 5")]
    [InlineData(-0.31, 0.72, 6, "−0.2 0 0.2 0.4 0.6")]
    [InlineData(0, 3e6, 4, "0 1·10⁶ 2·10⁶ 3·10⁶")]
    public void Linear_axes_have_round_numbers(double low, double high, int most, string expected) =>
        Assert.Equal(expected, string.Join(' ', new LinearScale(low, high).Ticks(most).Select(tick => tick.Text)));
}
