using System.Globalization;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Proposes the points to measure next, one at a time, each the best one given those before it: first points that leave
/// what the data span, by as much as they can, then those that improve most on the goal.
/// Fedorov, Theory of Optimal Experiments, 1972; Atkinson, Donev and Tobias, Optimum Experimental Designs, with SAS,
/// 2007, chapter 11.
/// </summary>
/// <param name="Goal">What the measurements are for.</param>
public sealed record Experiment(ExperimentGoal Goal)
{
    /// <summary>How many points to propose; 1 or more.</summary>
    public int Count
    {
        get;
        init => field = Setting.AtLeast(1, value, "number of points", nameof(Count));
    } = 5;

    /// <summary>Whether the map has a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Proposes points.</summary>
    /// <param name="moments">The data so far, one row or more.</param>
    /// <param name="candidates">Where to choose from.</param>
    /// <param name="design">What the inputs are made from, where they are not the columns of the candidates
    /// themselves.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a number is not finite, a bound is above the other, the
    /// goal is no parameter, there is no row, or no point is asked for.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public Proposal Propose(Moments moments, CandidatePoints candidates, Design? design = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(candidates);
        return Stop.Within(() => Search(moments, candidates, design ?? Design.Of(moments.Names)), cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Experiment), PrintMembers);

    private Proposal Search(Moments moments, CandidatePoints candidates, Design design)
    {
        if (Goal is ExperimentGoal.OneParameter { Input: var input }
            && (input < 0 || input > moments.InputCount || (input == moments.InputCount && !Bias)))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the goal is parameter {input}, expected 0 to {moments.InputCount - (Bias ? 0 : 1)}: an input, or "
                        + $"the number of inputs for the bias."));
        }

        var search = new PointSearch(candidates, design);
        var inputs = moments.Select(new VariableNames(moments.Names.Inputs, []));
        var start = new RowInformation(inputs, Bias, search.Units());
        var (points, findings, information) = (new List<ProposedPoint>(), new List<Finding>(), start);
        while (points.Count < Count && !(information.IsComplete && Goal is ExperimentGoal.FullRank))
        {
            var isOpen = !information.IsComplete;
            if (search.Best(x => isOpen ? information.Excitation(x) : information.Gain(Goal, x)) is not { } found)
            {
                findings.Add(
                    new Finding(Severity.Information, "candidates-used-up",
                        FormattableString.Invariant($"There are no candidates left after {points.Count} points."),
                        "Give more candidates, or a box."));
                break;
            }

            var next = information.With(found.Inputs);
            if (isOpen && next.Rank == information.Rank)
            {
                findings.Add(new Finding(
                    Severity.Error,
                    "candidates-leave-open",
                    $"No candidate adds to the rank {information.Rank}: {information.Relation} on each of them, as on "
                        + $"every row so far.",
                    "Give candidates where that does not hold, or leave out one of its inputs."));
                break;
            }

            points.Add(
                new ProposedPoint(found.Point, found.Candidate, next.Rank,
                    isOpen ? double.NaN : information.Gain(Goal, found.Inputs), next.UnitErrors));
            information = next;
        }

        return new Proposal(start.Rank, moments.InputCount + (Bias ? 1 : 0), start.UnitErrors, points, findings);
    }
}
