using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>All that is said of a problem, beside what is true of it.</summary>
internal sealed class StructureJudge
{
    private const double Never = 1e-9; // the probability that an estimate is that many standard errors off

    private readonly Lazy<ExactFit> _exact;

    public StructureJudge(StructureProblem problem)
    {
        Problem = problem;
        Fit = problem.Settings.Fit(Moments.Of(problem.Data));
        Rows = LookAgain(problem, Fit);
        Assessment = Assessment.Of(Fit, Fit.Accuracy, Rows);
        _exact = new Lazy<ExactFit>(() => new ExactFit(problem, problem.Errors()));
        Inputs = [.. Enumerable.Range(0, problem.Data.Inputs.Columns)];
        Targets = [.. Enumerable.Range(0, problem.Data.Targets.Columns)];
        Parameters = HasBias ? [.. Inputs, Inputs.Length] : Inputs;
    }

    public StructureProblem Problem { get; }

    public LinearFit Fit { get; }

    public RowReport? Rows { get; }

    public Assessment Assessment { get; }

    /// <summary>What is true.</summary>
    public ExactFit Exact => _exact.Value;

    public int[] Inputs { get; }

    public int[] Targets { get; }

    /// <summary>The inputs' weights, then the bias where there is one.</summary>
    public int[] Parameters { get; }

    public string Verdict => Assessment.Verdict;

    public bool Trusts => Verdict.StartsWith("You can trust", StringComparison.Ordinal);

    public bool HasBias => Problem.Settings.Bias;

    public bool IsPlain => Problem.Settings.Ridge == 0;

    /// <summary>So many standard errors no estimate is off. Copies, of which there are few, say nothing new.</summary>
    public double Limit => (Problem.HasCopies ? 3 : 1) * StudentT.UpperQuantile(Never, Exact.Freedom);

    /// <summary>The questions that fail.</summary>
    public Question[] Failing =>
        [.. Assessment.Evidence.Where(item => item.Answer == Answer.Fails).Select(item => item.Question)];

    /// <summary>Whether an input's weight is entangled, for some target.</summary>
    public bool IsEntangled(int input) =>
        Targets.Any(t => Fit.Collinearity.OfWeight(t, input) == ParameterStatus.Entangled);

    /// <summary>What is false.</summary>
    public IEnumerable<string> Violations() =>
        [.. ParameterLaws.Violations(this), .. GroupLaws.Violations(this), .. WordLaws.Violations(this)];

    /// <summary>The status of each weight, then of the bias, of a target.</summary>
    public ParameterStatus[] Statuses(int target) =>
        [.. Inputs.Select(j => Fit.Collinearity.OfWeight(target, j)), Fit.Collinearity.OfBias(target)];

    public string Name(int parameter) => IsWeight(parameter) ? Fit.Names.Inputs[parameter] : "(bias)";

    public string Names(IEnumerable<int> parameters) => string.Join(", ", parameters.Select(Name));

    /// <summary>What was learned.</summary>
    public double ValueOf(int target, int parameter) =>
        IsWeight(parameter) ? Fit.Map.WeightsOf(target)[parameter] : Fit.Map.Bias[target];

    /// <summary>What it should be, but for noise.</summary>
    public double TruthOf(int target, int parameter) =>
        IsWeight(parameter) ? Problem.Truth.WeightsOf(target)[parameter] : Problem.Truth.Bias[target];

    /// <summary>The standard error that is given.</summary>
    public double ErrorOf(int target, int parameter) =>
        IsWeight(parameter) ? Fit.WeightErrors[target, parameter] : Fit.BiasErrors[target];

    /// <summary>Whether a parameter is as near to the truth as its standard error says, or to nine digits.</summary>
    public bool IsCovered(int target, int parameter)
    {
        const double NineDigits = 1e-9;
        var allowed = Limit * Exact.StandardError(target, (parameter, 1));
        var off = Math.Abs(Exact.ErrorOf(target, parameter));
        return off <= Math.Max(allowed, NineDigits * Math.Abs(TruthOf(target, parameter)));
    }

    private bool IsWeight(int parameter) => parameter < Inputs.Length;

    private static RowReport? LookAgain(StructureProblem problem, LinearFit fit)
    {
        if (fit.Settings.Ridge > 0 || fit.ResidualDegreesOfFreedom == 0 || fit.TooLarge.Count > 0)
        {
            return null; // as the command line does
        }

        var tests = new RowTests(fit);
        tests.Add(problem.Data);
        return tests.Report();
    }
}
