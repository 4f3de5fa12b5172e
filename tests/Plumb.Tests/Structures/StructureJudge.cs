using System.Text;
using System.Text.Json;
using Plumb.Cli;
using Plumb.Cli.Reports;
using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>All that is said of a problem, and what of it is false.</summary>
internal sealed class StructureJudge
{
    private const double Never = 1e-9; // the probability that an estimate is that many standard errors off

    private readonly StructureProblem _problem;
    private readonly Lazy<ExactFit> _eliminated;
    private readonly Assessment _assessment;
    private readonly RowReport? _rows;
    private readonly int[] _inputs;
    private readonly int[] _targets;

    public StructureJudge(StructureProblem problem)
    {
        _problem = problem;
        var moments = Moments.Of(problem.Data);
        Fit = problem.Settings.Fit(moments);
        _rows = LookAgain(problem, Fit, moments);
        _assessment = Assessment.Of(Fit, Fit.Accuracy, _rows);
        _eliminated = new Lazy<ExactFit>(() => new ExactFit(problem, problem.Errors()));
        _inputs = [.. Enumerable.Range(0, problem.Data.Inputs.Columns)];
        _targets = [.. Enumerable.Range(0, problem.Data.Targets.Columns)];
    }

    public LinearFit Fit { get; }

    public int Targets => _targets.Length;

    public string Verdict => _assessment.Verdict;

    public bool Trusts => Verdict.StartsWith("You can trust", StringComparison.Ordinal);

    public bool IsSound => _assessment.IsSound;

    /// <summary>The questions that fail.</summary>
    public Question[] Failing => [.. _assessment.Evidence.Where(item => item.Answer == Answer.Fails).Select(item => item.Question)];

    /// <summary>The status of each weight, then of each bias, of a target.</summary>
    public ParameterStatus[] Statuses(int target) => [.. _inputs.Select(j => Fit.Collinearity.OfWeight(target, j)), Fit.Collinearity.OfBias(target)];

    /// <summary>What is false.</summary>
    public IEnumerable<string> Violations() =>
        [.. Determined(), .. Numbers(), .. Trust(), .. Others(), .. Relations(), .. Groups(), .. Named(), .. Rendered()];

    private ExactFit Exact => _eliminated.Value;

    private bool HasBias => _problem.Settings.Bias;

    private bool IsPlain => _problem.Settings.Ridge == 0;

    // Copies of rows are no new measurements; there are few of each.
    private double Limit => (_problem.HasCopies ? 3 : 1) * StudentT.UpperQuantile(Never, Exact.Freedom);

    private static RowReport? LookAgain(StructureProblem problem, LinearFit fit, Moments moments)
    {
        if (fit.Settings.Ridge > 0 || fit.ResidualDegreesOfFreedom == 0 || fit.TooLarge.Count > 0)
        {
            return null;
        }

        var tests = new RowTests(fit, moments);
        tests.Add(problem.Data);
        return tests.Report();
    }

    /// <summary>Undetermined is said of what other values fit as well, and of nothing else.</summary>
    private IEnumerable<string> Determined()
    {
        if (Fit.Rank != Exact.Rank || Fit.ResidualDegreesOfFreedom != Exact.Freedom)
        {
            yield return $"rank {Fit.Rank} and freedom {Fit.ResidualDegreesOfFreedom}, but they are {Exact.Rank} and {Exact.Freedom}";
        }

        var errors = ReportedErrors.Of(Fit, _rows);
        foreach (var t in _targets)
        {
            foreach (var j in _inputs)
            {
                var (said, shown) = (Fit.Collinearity.OfWeight(t, j), errors.StatusOfWeight(t, j));
                var isOff = !Exact.Determines(j) || Fit.HangsOnLastBit(j);
                if ((said == ParameterStatus.Undetermined) != isOff || (shown == ParameterStatus.Undetermined) != isOff)
                {
                    yield return $"{Name(j)} is {said}, shown as {shown}; determined: {Exact.Determines(j)}";
                }

                if (said == ParameterStatus.Entangled && Fit.Collinearity.Groups.Count(group => group.Inputs.Contains(j) && group.Targets.Contains(t)) != 1)
                {
                    yield return $"{Name(j)} is entangled, and in no group or in two";
                }
            }

            var isBiasOff = HasBias && (!Exact.Determines(_inputs.Length) || Fit.BiasHangsOnLastBit);
            if ((Fit.Collinearity.OfBias(t) == ParameterStatus.Undetermined) != isBiasOff || (errors.StatusOfBias(t) == ParameterStatus.Undetermined) != isBiasOff)
            {
                yield return $"the bias is {Fit.Collinearity.OfBias(t)}, which it is not";
            }
        }
    }

    /// <summary>What is determined has the value and the standard error that fractions give.</summary>
    private IEnumerable<string> Numbers()
    {
        foreach (var (t, j) in from t in _targets from j in Parameters where IsPlain && Exact.Determines(j) select (t, j))
        {
            var (truth, off) = (TruthOf(t, j), Exact.ErrorOf(t, j));
            if (!(Math.Abs(ValueOf(t, j) - (truth + off)) <= 1e-12 * (Math.Abs(truth) + Math.Abs(off))))
            {
                yield return $"{Name(j)} is {ValueOf(t, j)}, but the best is {truth + off}";
            }

            var (said, error) = (ErrorOf(t, j), Exact.StandardError(t, (j, 1)));
            if (Exact.Freedom > 0 && !(Math.Abs(said - error) <= 1e-9 * error))
            {
                yield return $"{Name(j)} has standard error {said}, but it is {error}";
            }
        }
    }

    /// <summary>W and b are trusted only where each parameter is determined, told apart from others, and right.</summary>
    private IEnumerable<string> Trust()
    {
        if (IsSound && !Trusts)
        {
            yield return "nothing speaks against W and b, but they are not trusted";
        }

        if (!Trusts)
        {
            yield break;
        }

        if (Parameters.FirstOrDefault(j => !Exact.Determines(j), -1) is >= 0 and var free)
        {
            yield return $"trusted, but {Name(free)} is undetermined";
        }

        if (Exact.RowsAlone(_problem.Data.Weights).Select(row => row + 1).FirstOrDefault() is > 0 and var alone)
        {
            yield return $"trusted, but row {alone} decides alone";
        }

        foreach (var t in _targets)
        {
            foreach (var j in Parameters.Where(Exact.Determines).Where(j => !IsCovered(t, j)))
            {
                yield return $"trusted, but {Name(j)} of target {t} is {ValueOf(t, j)} ± {Exact.StandardError(t, (j, 1))}, {Exact.ErrorOf(t, j)} from the truth";
            }

            foreach (var group in _problem.Entangled)
            {
                if (group.Where(j => IsHidden(t, j, group)).ToArray() is [var hidden, ..])
                {
                    yield return $"trusted, but {Name(hidden)} cannot be told apart from the others of {string.Join(", ", group.Select(Name))}";
                }
            }
        }
    }

    /// <summary>Where only the other weights are trusted, there are some, and they are as good.</summary>
    private IEnumerable<string> Others()
    {
        if (Trusts || !Verdict.Contains(" stand to within their", StringComparison.Ordinal))
        {
            yield break;
        }

        int[] others = [.. _inputs.Where(j => Fit.Determines(j) && _targets.All(t => Fit.Collinearity.OfWeight(t, j) != ParameterStatus.Entangled))];
        if (others.Length == 0)
        {
            yield return "there are no others that stand";
        }

        if (Fit.Collinearity.Groups.Count > 0 && !Verdict.Contains("cannot be told apart", StringComparison.Ordinal))
        {
            yield return "the others stand, but some of them are entangled";
        }

        foreach (var (t, j) in from t in _targets from j in others where !IsCovered(t, j) select (t, j))
        {
            yield return $"the others stand, but {Name(j)} is {Exact.ErrorOf(t, j)} from the truth";
        }
    }

    /// <summary>Each relation holds on all rows, and there are as many as directions.</summary>
    private IEnumerable<string> Relations()
    {
        if (Fit.NullSpace.Dependences.Count != Parameters.Length - Exact.Rank)
        {
            yield return $"{Fit.NullSpace.Dependences.Count} relations for {Parameters.Length - Exact.Rank} directions";
        }

        foreach (var relation in Fit.Dependences)
        {
            // A near one holds in the mean over the rows, as far as nine digits of its numbers go; an exact one on each, but for the
            // rounding of its numbers to doubles.
            int[] rows = [.. Enumerable.Range(0, _problem.Data.Rows).Where(IsWeighed)];
            var parts = rows.Select(row => Rest(relation, row)).ToList();
            if (relation.Kind == DependenceKind.Near
                ? Math.Sqrt(parts.Sum(part => part.Sum * part.Sum)) > 1e-8 * Math.Sqrt(parts.Sum(part => part.Size * part.Size))
                : parts.Any(part => Math.Abs(part.Sum) > 1e-15 * Parameters.Length * part.Size))
            {
                yield return $"'{relation.Text}' does not hold";
            }
        }
    }

    private bool IsWeighed(int row) => _problem.Data.Weights is not { } weights || weights.Values[row] > 0;

    /// <summary>What a relation leaves on a row, and what it is the sum of.</summary>
    private (double Sum, double Size) Rest(Dependence relation, int row)
    {
        Dyadic sum = relation.Bias, size = Math.Abs(relation.Bias);
        foreach (var j in _inputs)
        {
            var term = (Dyadic)relation.Weights[j] * (Dyadic)_problem.Data.Inputs[row, j];
            (sum, size) = (sum + term, size + term.Abs());
        }

        return (sum.ToDouble(), size.ToDouble());
    }

    /// <summary>What is said to be determined of a group is, and its interval covers the truth.</summary>
    private IEnumerable<string> Groups()
    {
        foreach (var group in Fit.Collinearity.Groups)
        {
            var combination = group.Inputs.Select((input, k) => (input, group.Determined.Coefficients[k])).Where(term => term.Item2 != 0).ToArray();
            var all = new double[_inputs.Length];
            foreach (var (input, factor) in combination)
            {
                all[input] = factor;
            }

            if (Exact.Openness(all) is > 1e-12 and var openness)
            {
                yield return $"{group.Determined.Text} is called determined, but other values fit as well: {openness}";
                continue;
            }

            foreach (var t in group.Targets)
            {
                var off = combination.Sum(term => term.Item2 * Exact.ErrorOf(t, term.input));
                var error = Exact.StandardError(t, combination);
                var value = combination.Sum(term => term.Item2 * TruthOf(t, term.input)) + off;
                var size = combination.Sum(term => Math.Abs(term.Item2 * ValueOf(t, term.input)) + Math.Abs(term.Item2 * TruthOf(t, term.input)));
                if (!(Math.Abs(group.Estimates[t] - value) <= 1e-12 * size + 1e-6 * error))
                {
                    yield return $"{group.Determined.Text} is {group.Estimates[t]}, but the best is {value}";
                }

                // Double-double may lose all digits where inputs depend on each other to within rounding.
                if (Fit.NearDependences.Count == 0 && !(Math.Abs(group.Errors[t] - error) <= 1e-6 * error))
                {
                    yield return $"{group.Determined.Text} has standard error {group.Errors[t]}, but it is {error}";
                }

                if (!(Math.Abs(off) <= Limit * error + 1e-9 * combination.Sum(term => Math.Abs(term.Item2 * Exact.ErrorOf(t, term.input)))))
                {
                    yield return $"{group.Determined.Text} is {off} from the truth, but its error {error}";
                }
            }
        }
    }

    /// <summary>All that cannot be trusted is named in the verdict and in a finding.</summary>
    private IEnumerable<string> Named()
    {
        if (!IsPlain)
        {
            yield break;
        }

        string Findings(string code) => string.Join('\n', _assessment.Findings.Where(finding => finding.Code == code).Select(finding => finding.Message));
        var isAll = Verdict.Contains("Don't trust any weight.", StringComparison.Ordinal) || Verdict.Contains("don't trust any of them", StringComparison.Ordinal);
        foreach (var j in _inputs)
        {
            var isFree = !Exact.Determines(j);
            var isEntangled = _targets.Any(t => Fit.Collinearity.OfWeight(t, j) == ParameterStatus.Entangled);
            if (isFree && Fit.Rows > 1 && !Names(Findings("not-identified"), j))
            {
                yield return $"no finding names {Name(j)}, which is undetermined";
            }

            if (isEntangled && !Names(Findings("entangled"), j))
            {
                yield return $"no finding names {Name(j)}, which is entangled";
            }

            if ((isFree || isEntangled || Fit.HangsOnLastBit(j)) && !isAll && !Names(Verdict, j))
            {
                yield return $"the verdict does not name {Name(j)}, {(isFree ? "undetermined" : isEntangled ? "entangled" : "near dependent")}";
            }
        }

        foreach (var (group, t) in from @group in Fit.Collinearity.Groups from t in @group.Targets where _targets.Length > 1 select (@group, t))
        {
            if (!Verdict.Contains($"'{Fit.Names.Targets[t]}'", StringComparison.Ordinal) && !Verdict.Contains("other targets", StringComparison.Ordinal))
            {
                yield return $"the verdict does not say that {string.Join(", ", group.Names)} are entangled for target {t}";
            }
        }
    }

    /// <summary>Whether a text names an input, or says that there are more than it names.</summary>
    private bool Names(string text, int input) =>
        System.Text.RegularExpressions.Regex.IsMatch(text, $@"\b{Name(input)}\b") || text.Contains(" more", StringComparison.Ordinal);

    /// <summary>The report and the JSON can be written.</summary>
    private IEnumerable<string> Rendered()
    {
        var document = new FitDocument(Fit, Fit.Accuracy, _rows, "")
        {
            Source = "data.csv",
            DataFindings = [],
            Errors = ReportedErrors.Of(Fit, _rows),
            Loss = Loss.Mse,
            EntangledRemedy = EntangledRemedy.Of(Fit, Design.Of(Fit.Names), "data.csv"),
        };
        using var text = new StringWriter();
        FitReport.Write(Appearance.Plain.On(text), document, withEvidence: true);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FitJson.Write(writer, document);
        }

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        if (json.RootElement.GetProperty("verdict").GetString() != Verdict || !text.ToString().Contains("Least squares", StringComparison.Ordinal) == IsPlain)
        {
            yield return "the report or the JSON do not say the verdict";
        }
    }

    private bool IsCovered(int target, int parameter) =>
        Math.Abs(Exact.ErrorOf(target, parameter)) <= Math.Max(Limit * Exact.StandardError(target, (parameter, 1)), 1e-9 * Math.Abs(TruthOf(target, parameter)));

    /// <summary>
    /// Whether little is known of an input's weight, not even its sign beyond doubt, though the sum of it and the last one's (in core
    /// units) is: nothing is known, and the error is thirty times as large; or it may have been chance, and it is a thousand times as large.
    /// </summary>
    private bool IsHidden(int target, int input, int[] group)
    {
        const double BeyondDoubt = 10;
        if (input == group[^1])
        {
            return false;
        }

        var units = _problem.Units;
        double Ratio(params (int Parameter, double Factor)[] combination) =>
            Math.Abs(combination.Sum(term => term.Factor * ValueOf(target, term.Parameter))) / Exact.StandardError(target, combination);
        (int, double)[] sum = [(input, units[input]), (group[^1], units[group[^1]])];
        var (own, worse) = (Ratio((input, 1)), Exact.StandardError(target, (input, units[input])) / Exact.StandardError(target, sum));
        return Ratio(sum) > BeyondDoubt && ((own < 1 && worse > 30) || (own < 3 && worse > 1000));
    }

    private int[] Parameters => HasBias ? [.. _inputs, _inputs.Length] : _inputs;

    private string Name(int parameter) => parameter < _inputs.Length ? Fit.Names.Inputs[parameter] : "(bias)";

    private double ValueOf(int target, int parameter) => parameter < _inputs.Length ? Fit.Map.WeightsOf(target)[parameter] : Fit.Map.Bias[target];

    private double TruthOf(int target, int parameter) => parameter < _inputs.Length ? _problem.Truth.WeightsOf(target)[parameter] : _problem.Truth.Bias[target];

    private double ErrorOf(int target, int parameter) => parameter < _inputs.Length ? Fit.WeightErrors[target, parameter] : Fit.BiasErrors[target];
}
