using System.Globalization;

namespace Plumb.Reports;

/// <summary>What a proposal comes to, in one sentence.</summary>
internal static class ProposalText
{
    public static string Of(Proposal proposal)
    {
        var (count, full) = (proposal.Points.Count, proposal.ParametersPerTarget);
        if (count == 0)
        {
            return proposal.Rank == full
                ? "The data determine every parameter already: nothing more need be measured for that."
                : "None of these points would add information about the undetermined parameters.";
        }

        var needed = proposal.Points.TakeWhile(point => point.Rank < full).Count() + 1;
        return proposal.Rank == full
            ? "The data determine every parameter already; these points make them more precise."
            : needed > count
            ? string.Create(CultureInfo.InvariantCulture,
                $"With {(count == 1 ? "this point" : $"these {count} points")} the data determine "
                    + $"{proposal.Points[^1].Rank} of {full} parameters per target: more are needed.")
            : string.Create(CultureInfo.InvariantCulture,
                $"With {(needed == 1 ? "the first point" : $"the first {needed} points")} the data determine every "
                    + $"parameter.");
    }
}
