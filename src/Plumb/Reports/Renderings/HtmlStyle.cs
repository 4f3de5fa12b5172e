namespace Plumb.Reports;

/// <summary>How pages look in HTML.</summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet; colours keep to a contrast of at least 4.5 in light and dark.</summary>
    public const string Sheet = """

        :root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --soft: #5b636b; --line: #d9dee3;
          --card: #f6f8fa; --good: #176f3b; --good-card: #e9f6ee; --warning: #8a4b00; --warning-card: #fff4e0;
          --bad: #b3261e; --bad-card: #fdecea; --note: #1f5fae; --note-card: #eaf2fc; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e9ec; --soft: #a2abb4;
          --line: #333a41; --card: #1c2126; --good: #6fd398; --good-card: #14291d; --warning: #f0b45a;
          --warning-card: #2e2413; --bad: #ff9a90; --bad-card: #331a18; --note: #8fbcf7; --note-card: #152435; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
        main { max-width: 47rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; letter-spacing: -.01em; }
        h2 { font-size: 1.2rem; line-height: 1.35; margin: 2.5rem 0 .5rem; }
        h2 small { font-size: .95rem; font-weight: 400; color: var(--soft); margin-left: .5rem; }
        h3, figure h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
        p { margin: .35rem 0; }
        h1, h2, h3, p, li, th, td { overflow-wrap: anywhere; }
        .verdict { margin: 1.25rem 0; padding: .9rem 1.1rem; border-left: 5px solid; border-radius: 4px; }
        .verdict p { font-size: 1.15rem; font-weight: 600; margin: 0; color: var(--ink); }
        .verdict.good { border-color: var(--good); background: var(--good-card); }
        .verdict.warning { border-color: var(--warning); background: var(--warning-card); }
        .findings { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .6rem; }
        .findings li { padding: .6rem .9rem; border: 1px solid var(--line); border-left: 4px solid;
          border-radius: 4px; }
        .findings b { margin-right: .35rem; }
        .findings .bad { border-left-color: var(--bad); color: inherit; } .findings .bad b { color: var(--bad); }
        .findings .warning { border-left-color: var(--warning); color: inherit; }
        .findings .warning b { color: var(--warning); }
        .findings .note { border-left-color: var(--note); color: inherit; } .findings .note b { color: var(--note); }
        .remedy { color: var(--soft); } .remedy::before { content: "\2192\00a0"; }
        .whole { white-space: nowrap; }
        .scroll { overflow-x: auto; margin: .75rem 0; width: max-content;
          max-width: calc(50% + 50vw - 2rem); /* to the edge of the window, and shaded where it goes on */
          background: linear-gradient(to right, var(--paper) 40%, transparent) 0 0 / 2rem 100% no-repeat local,
            linear-gradient(to left, var(--paper) 40%, transparent) 100% 0 / 2rem 100% no-repeat local,
            linear-gradient(to right, var(--line), transparent) 0 0 / .7rem 100% no-repeat,
            linear-gradient(to left, var(--line), transparent) 100% 0 / .7rem 100% no-repeat; }
        :is(td, th).number + .sentence { padding-left: .8rem; } td.sentence { max-width: 30rem; }
        table { border-collapse: collapse; font-size: .93rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .28rem .8rem .28rem 0; text-align: left; font-weight: 400; vertical-align: baseline;
          overflow-wrap: normal; }
        td.number, th.number { text-align: right; white-space: nowrap; padding-left: .8rem; padding-right: 0; }
        .number + :not(.number) { padding-left: .8rem; }
        .number:first-child { padding-left: 0; padding-right: .8rem; }
        td.name { white-space: nowrap; } td.sentence { min-width: 15rem; }
        thead th { font-weight: 600; border-bottom: 1px solid var(--line); color: var(--soft); }
        tbody tr + tr > * { border-top: 1px solid color-mix(in srgb, var(--line) 45%, transparent); }
        .muted { color: var(--soft); } .good { color: var(--good); } .warning { color: var(--warning); }
        .bad { color: var(--bad); }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .7rem .9rem; background: var(--card);
          border: 1px solid var(--line); border-radius: 4px; }
        .figures { width: min(76rem, 100vw - 3rem); margin: 2rem 0 2rem calc(50% - min(38rem, 50vw - 1.5rem));
          display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2rem 2.5rem; }
        .figures figure { margin: 0; }
        figure { margin: 2rem 0; } figure svg { display: block; width: 100%; height: auto; }
        figcaption { color: var(--soft); font-size: .93rem; margin-top: .4rem; }
        details { margin-top: .4rem; } summary { cursor: pointer; color: var(--soft); font-size: .93rem; }
        :focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
        footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
        @media screen and (max-width: 40rem) {
          .scroll { max-width: 100%; } .figures { width: auto; margin-left: 0; }
          .wide thead { position: absolute; clip-path: inset(50%); }
          .wide, .wide tbody { display: block; } .wide tr { display: block; padding: .4rem 0; }
          .wide tr > * { display: inline-block; padding: 0 1.1rem 0 0 !important; border: 0 !important;
            text-align: left !important; max-width: 100%; }
          .wide tbody th { display: block; font-weight: 600; }
          .wide [data-heading]:not(:empty)::before { content: attr(data-heading) "\00a0"; font-weight: 400;
            color: var(--soft); }
          .wide td:empty { display: none; } .wide tr + tr { border-top: 1px solid var(--line); } }
        @media (max-width: 30rem) { main { padding: 1.25rem .9rem 3rem; } h1 { font-size: 1.35rem; }
          td.name { white-space: normal; } td.sentence { min-width: 9rem; }
          table { font-size: .85rem; } th, td { padding-right: .6rem; } td.number, th.number { padding-left: .6rem; }
          main figure svg.figure:not(:root) { width: calc(100% + 1.8rem); margin: 0 -.9rem; } }
        @media print { body { font-size: 11pt; } main { max-width: none; padding: 0; }
          .figures { width: auto; margin-left: 0; grid-template-columns: 1fr 1fr; } details { display: none; }
          figure, .findings li, .verdict, tr { break-inside: avoid; } h2 { break-after: avoid; } }

        """;
}
