using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>What a verdict rests on, a line a question.</summary>
internal static class EvidenceReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Evidence> evidence)
    {
        console.Heading("Evidence");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0))
            .AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        foreach (var item in evidence)
        {
            var answer = item.Answer switch
            {
                Answer.Holds => "[green]holds[/]",
                Answer.Fails => "[yellow]fails[/]",
                _ => "[dim]not looked at[/]",
            };
            grid.AddRow(Markup.Escape(NameOf(item.Question)), answer,
                Markup.Escape(item.Method + (double.IsNaN(item.Number) ? "" : ": " + NumberText.Rate(item.Number))));
        }

        console.Write(grid);
        console.WriteLine();
    }

    /// <summary>The question in few words.</summary>
    public static string NameOf(Question question) => question switch
    {
        Question.Determined => "everything is determined",
        Question.ToldApart => "inputs can be told apart",
        Question.Digits => "digits stand",
        Question.Rows => "no row decides alone",
        Question.Affine => "the relationship is affine",
        Question.Errors => "standard errors hold",
        Question.Order => "neighbours are independent",
        Question.Converged => "training has converged",
        _ => "origin is known",
    };
}
