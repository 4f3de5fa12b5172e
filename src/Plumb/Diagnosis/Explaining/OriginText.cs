using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>Puts where a map comes from into sentences.</summary>
internal sealed class OriginText(Explanation explanation)
{
    private const double All = 0.9995; // of the gap: told as all of it
    private const double Clearly = 100; // times what one objective leaves: another leads elsewhere

    private readonly OriginVerdict? _verdict = explanation.Background.Origins;

    private Origin? Claimed => _verdict?.Origin is { IsClaimed: true } origin ? origin : null;

    /// <summary>Whether nobody knows how the map was made: then nothing shows that it was a training that has not
    /// ended.</summary>
    public bool IsOfUnknownMaking => _verdict is { Evidence.Answer: not Answer.Holds } && !IsRuined;

    private bool IsUnknown => _verdict is { Evidence.Answer: Answer.Fails };

    /// <summary>Whether the objective that leads away from the best fit is one that was recognised, not one that was
    /// given.</summary>
    private bool IsObjectiveRecognised => Claimed is { Slips: null, Objective: { } objective }
        && ReferenceEquals(objective, explanation.Background.Objective);

    /// <summary>Whether an objective was given that does not lead to the map, and another was recognised that
    /// does.</summary>
    private bool IsGivenRefuted => Claimed is { Slips: null, Objective: not null } origin && !IsObjectiveRecognised
        && explanation.Causes.Any(cause => cause.Code == CauseCode.NotConverged
            && cause.Norm > Clearly * (explanation.Candidate - origin.Goal).Norm);

    /// <summary>What is found, in place of the causes that it covers.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (IsObjectiveRecognised)
        {
            var part = explanation.Causes.First(cause => cause.Code == CauseCode.Objective);
            var objective = Claimed!.Objective!;
            var message = explanation.Truth is not null ? Sentence(Claimed) + "."
                : $"{Statistic(part.Norm)} of the gap is due to {objective.Name}: {objective.Reason}.";
            yield return new Finding(Severity.Warning, "objective", message, Capital(Remedy(Claimed)));
        }
        else if (Claimed is { Objective: not null })
        {
            yield return new Finding(Severity.Warning, "origin", Sentence(Claimed) + ".", "");
        }
        else if (_verdict?.Origin is { IsClaimed: false } possible)
        {
            yield return new Finding(Severity.Information, "origin-possible",
                $"Your W and b could be {possible.Text}{Others(possible)}, " + (possible.Rival is { } rival
                    ? $"or {rival.Text}{Others(rival)}: both explain them as well."
                    : "but too few weights agree to tell that from chance."), "");
        }

        if (IsUnknown)
        {
            var other = _verdict!.IsWithinNoise ? " A best fit of other rows of the same kind would lie as far away."
                : "";
            yield return new Finding(Severity.Information, "origin-unknown",
                "Plumb does not recognise where your W and b come from." + other, IsStray && !IsRuined ? Capital(Ask)
                : "");
        }
    }

    /// <summary>Whether a cause follows from what is found here: what a penalty did, what a solver's tolerance or a
    /// slip left, or what nobody knows, is not for further training to remove.</summary>
    public bool Covers(Cause cause) => cause.Code switch
    {
        CauseCode.Objective => IsObjectiveRecognised || IsGivenRefuted,
        CauseCode.NotConverged => Claimed is not null || (IsStray && !IsRuined),
        _ => false,
    };

    /// <summary>The verdict where slips alone do not make the map the best fit; else null.</summary>
    public string? Slipped =>
        Claimed is { Slips: not null, Objective: not null } origin ? Sentence(origin) + "." : null;

    /// <summary>The verdict without its full stop, where there is no truth; null where the origin has no say in
    /// it.</summary>
    public string? Verdict(Cause largest) =>
        IsObjectiveRecognised ? Sentence(Claimed!)
        : IsGivenRefuted
            ? $"{Sentence(Claimed!)}; {explanation.Background.Objective!.Name}, which was given, does not lead there"
        : Claimed is { Slips: null, Objective: null } rounded && explanation.Truth is null
            ? $"Your W and b are {rounded.Text}"
        : !IsStray ? null
        : IsRuined
            ? $"Your W and b predict worse than the mean of {TargetNames.Quoted(explanation.Candidate.Names.Targets)} "
                + $"does: training has not converged, or they were never trained on these data"
        : string.Create(CultureInfo.InvariantCulture, $"Your W and b are {Statistic(largest.Norm)} away from the best "
            + $"fit, farther than noise explains, and Plumb does not recognise where they come from");

    /// <summary>The one thing to do next; null where the origin has no say in it.</summary>
    public string? Next => explanation.Truth is not null || explanation.FreeDirections > 0 ? null
        : IsObjectiveRecognised || IsGivenRefuted ? Remedy(Claimed!)
        : Claimed is { Slips: null, Objective: null }
            ? "nothing: W and b are the best fit; keep more digits if they matter."
        : IsStray && !IsRuined ? Ask
        : null;

    /// <summary>What to do about a map of which nobody knows how it was made.</summary>
    public const string Ask = "find out what made W and b, or take the best fit itself (plumb fit).";

    /// <summary>Whether the map lies away from the best fit for no reason that is known.</summary>
    private bool IsStray => IsUnknown && !_verdict!.IsWithinNoise && explanation.Truth is null
        && explanation.Causes.Any(cause => cause.Code == CauseCode.NotConverged);

    /// <summary>Whether it fits so badly that no objective leads there.</summary>
    private bool IsRuined => _verdict!.Unexplained >= 1;

    private static string Remedy(Origin origin) => origin.Remedy ?? (origin.Parameters.Count > 0
        ? $"train without {origin.Objective!.Name}, if unbiased weights are wanted."
        : $"take the best fit itself (plumb fit), unless {origin.Objective!.Name} is meant.");

    private static string Sentence(Origin origin) => origin.Slips is { } slips
        ? $"Once {slips.Text}, your W and b are {origin.Text}{Others(origin)}"
        : $"Your W and b are {origin.Text}{Others(origin)}, not the least-squares fit"
            + $"{(origin.Code is "first-rows" or "last-rows" or "row-left-out" ? " of all rows" : "")}: that explains "
                + $"{(origin.Share >= All ? "all" : Invariant($"{Statistic(100 * origin.Share)}%"))} of the gap";

    private static string Others(Origin origin) =>
        origin.Others.Count == 0 ? "" : $" ({string.Join(", ", origin.Others)})";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
