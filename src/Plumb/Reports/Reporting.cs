namespace Plumb;

/// <summary>
/// Reports: what the command line prints of a fit, of an explanation and of points to measure, as text, Markdown, HTML
/// and JSON. What they say to do is said in the library's words, without the command line's flags.
/// </summary>
public static class Reporting
{
    /// <summary>A fit as text: verdict, findings, and a table per target.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">What its rows say, if they were looked at again: <see cref="RowTests"/>.</param>
    /// <param name="settings">What to show; null for what is shown always.</param>
    public static string Report(this LinearFit fit, RowReport? rows = null, ReportSettings? settings = null)
    {
        settings ??= new ReportSettings();
        return TextPage.Of(FitPage.Of(DocumentOf(fit, rows, settings)), settings.Width);
    }

    /// <summary>The same as Markdown, with what the verdict rests on, and with the numbers of its pictures.</summary>
    /// <inheritdoc cref="Report(LinearFit, RowReport?, ReportSettings?)" path="/param"/>
    public static string ToMarkdown(this LinearFit fit, RowReport? rows = null, ReportSettings? settings = null) =>
        MarkdownPage.Of(WholePage(fit, rows, settings));

    /// <summary>
    /// The same as one HTML file that needs nothing else, with its pictures: those of rows where
    /// <see cref="RowReport.Clouds"/> were gathered.
    /// </summary>
    /// <inheritdoc cref="Report(LinearFit, RowReport?, ReportSettings?)" path="/param"/>
    public static string ToHtml(this LinearFit fit, RowReport? rows = null, ReportSettings? settings = null) =>
        HtmlPage.Of(WholePage(fit, rows, settings));

    /// <summary>All numbers of a fit as JSON: schema plumb.fit/1, as 'plumb fit --json' writes it.</summary>
    /// <inheritdoc cref="Report(LinearFit, RowReport?, ReportSettings?)" path="/param"/>
    public static string ToJson(this LinearFit fit, RowReport? rows = null, ReportSettings? settings = null)
    {
        var document = DocumentOf(fit, rows, settings ?? new ReportSettings());
        return JsonText.Of(json => FitJson.Write(json, document));
    }

    /// <summary>An explanation as text: the gap and its causes, a table per target, and what to do next.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="settings">What to show; null for what is shown always.</param>
    public static string Report(this Explanation explanation, ReportSettings? settings = null)
    {
        settings ??= new ReportSettings();
        return TextPage.Of(PageOf(explanation, settings, settings.ShowsEvidence), settings.Width);
    }

    /// <summary>The same as Markdown, with what it rests on, and with the numbers of its pictures.</summary>
    /// <inheritdoc cref="Report(Explanation, ReportSettings?)" path="/param"/>
    public static string ToMarkdown(this Explanation explanation, ReportSettings? settings = null) =>
        MarkdownPage.Of(PageOf(explanation, settings ?? new ReportSettings(), withEvidence: true));

    /// <summary>The same as one HTML file that needs nothing else, with its pictures.</summary>
    /// <inheritdoc cref="Report(Explanation, ReportSettings?)" path="/param"/>
    public static string ToHtml(this Explanation explanation, ReportSettings? settings = null) =>
        HtmlPage.Of(PageOf(explanation, settings ?? new ReportSettings(), withEvidence: true));

    /// <summary>
    /// All numbers of an explanation as JSON: schema plumb.explain/1, as 'plumb explain --json' writes it.
    /// </summary>
    /// <inheritdoc cref="Report(Explanation, ReportSettings?)" path="/param"/>
    public static string ToJson(this Explanation explanation, ReportSettings? settings = null)
    {
        var explained = ExplainedOf(explanation, settings ?? new ReportSettings());
        return JsonText.Of(json => ExplainJson.Write(json, explained));
    }

    /// <summary>Points to measure as text: the points, and the standard errors after each.</summary>
    /// <param name="proposal">The points.</param>
    /// <param name="fit">The fit to the rows that there are.</param>
    /// <param name="candidates">What they were chosen from.</param>
    /// <param name="design">What the inputs are made from, where they are not the columns of the candidates
    /// themselves.</param>
    /// <param name="settings">What to show; null for what is shown always.</param>
    public static string Report(this Proposal proposal, LinearFit fit, CandidatePoints candidates,
        Design? design = null, ReportSettings? settings = null) =>
        TextPage.Of(NextPage.Of(DocumentOf(proposal, fit, candidates, design, settings)),
            (settings ?? new ReportSettings()).Width);

    /// <summary>The same as Markdown, with the numbers of its picture.</summary>
    /// <inheritdoc cref="Report(Proposal, LinearFit, CandidatePoints, Design?, ReportSettings?)" path="/param"/>
    public static string ToMarkdown(this Proposal proposal, LinearFit fit, CandidatePoints candidates,
        Design? design = null, ReportSettings? settings = null) =>
        MarkdownPage.Of(NextPage.Of(DocumentOf(proposal, fit, candidates, design, settings)));

    /// <summary>The same as one HTML file that needs nothing else, with its picture.</summary>
    /// <inheritdoc cref="Report(Proposal, LinearFit, CandidatePoints, Design?, ReportSettings?)" path="/param"/>
    public static string ToHtml(this Proposal proposal, LinearFit fit, CandidatePoints candidates,
        Design? design = null, ReportSettings? settings = null) =>
        HtmlPage.Of(NextPage.Of(DocumentOf(proposal, fit, candidates, design, settings)));

    /// <summary>All numbers of a proposal as JSON: schema plumb.next/1, as 'plumb next --json' writes it.</summary>
    /// <inheritdoc cref="Report(Proposal, LinearFit, CandidatePoints, Design?, ReportSettings?)" path="/param"/>
    public static string ToJson(this Proposal proposal, LinearFit fit, CandidatePoints candidates,
        Design? design = null, ReportSettings? settings = null)
    {
        var document = DocumentOf(proposal, fit, candidates, design, settings);
        return JsonText.Of(json => NextJson.Write(json, document));
    }

    private static Page WholePage(LinearFit fit, RowReport? rows, ReportSettings? settings) =>
        FitPage.Of(DocumentOf(fit, rows, settings ?? new ReportSettings()) with { ShowsEvidence = true });

    private static FitDocument DocumentOf(LinearFit fit, RowReport? rows, ReportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new FitDocument(fit, fit.Accuracy, rows, WhyNotSeen: "")
        {
            Source = settings.Data,
            DataFindings = settings.DataFindings,
            Errors = ReportedErrors.Of(fit, rows),
            Loss = settings.Loss ?? Loss.Mse,
            AsksForLearning = settings.Loss is not null,
            ShowsEvidence = settings.ShowsEvidence,
            ShowsCovariance = settings.ShowsCovariance,
            ShowsStatistics = settings.ShowsStatistics,
        };
    }

    private static Page PageOf(Explanation explanation, ReportSettings settings, bool withEvidence)
    {
        var explained = ExplainedOf(explanation, settings);
        return ExplainPage.Of(explained, explained.Next, withEvidence);
    }

    private static ExplainedMap ExplainedOf(Explanation explanation, ReportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return new ExplainedMap(new AffineModel(explanation.Candidate), explanation)
        {
            Corrected = null,
            DataFindings = settings.DataFindings,
            Model = settings.Map,
            Source = settings.Data,
        };
    }

    private static NextDocument DocumentOf(Proposal proposal, LinearFit fit, CandidatePoints candidates,
        Design? design, ReportSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(candidates);
        settings ??= new ReportSettings();
        return new NextDocument(proposal, design ?? Design.Of(fit.Names), fit)
        {
            Findings = [.. proposal.Findings, .. settings.DataFindings],
            Rest = null,
            Candidates = candidates,
            Source = settings.Data,
        };
    }
}
