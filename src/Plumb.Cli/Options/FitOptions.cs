using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>The options of 'plumb fit'.</summary>
internal sealed class FitOptions
{
    private readonly DataOptions _columns = new(takesDecimals: true, takesErrors: true);
    private readonly Option<bool> _noBias = new("--no-bias") { Description = "Fit y = W x, without b" };
    private readonly Option<double> _ridge = Options.Real("--ridge",
        "Ridge penalty: adds this times the sum of squared weights to the sum of squared residuals [default: 0]", 0);
    private readonly Option<double> _level = Options.Fraction("--level",
        "Confidence level of the intervals");
    private readonly Option<string> _precision = Options.Choice("--data-precision",
        "How precise the numbers in the file are, which limits the digits of the weights: double (to the last "
            + "bit), or printed (to the last digit printed) [default: double]", "double", "printed");
    private readonly Option<string> _loss = Options.Choice("--loss",
        "Loss to give gradient-descent advice for", [.. Loss.All.Select(choice => choice.Name)]);
    private readonly Option<bool> _ordered = Options.Ordered();
    private readonly Option<bool> _hurried = new("--no-second-look")
    {
        Description = "Read the data only once; outliers, curvature, uneven noise and correlated rows are then not "
            + "checked",
    };
    private readonly ErrorsOption _errors = new();
    private readonly Option<string?> _truth = new("--truth")
    {
        Description = "True W and b as a model file, if known: compare the fit with them",
        HelpName = "FILE",
    };

    public FitOptions()
    {
        _level.DefaultValueFactory = _ => 0.95;
        _loss.DefaultValueFactory = _ => Loss.Mse.Name;
    }

    public Option<bool> Evidence { get; } = new("--evidence")
    {
        Description = "Also show what the verdict rests on: each question, its answer, and what decided it",
    };

    private readonly Option<bool> _covariance = new("--covariance")
    {
        Description = "Also show the covariances of the estimates, [bias; weights] of each target, and of the "
            + "residuals between targets; with --json, between targets too",
    };
    private readonly Option<bool> _statistics = new("--statistics")
    {
        Description = "Also show log-likelihood, AIC and BIC, PRESS, and standardized weights",
    };

    private readonly InfluenceOption _influence = new();

    public Option<string?> Residuals { get; } = new("--residuals")
    {
        Description = "Also write a row for each row of data: fitted value, residual, leverage, studentized residual, "
            + "Cook's distance and DFFITS, as CSV or Parquet",
        HelpName = "FILE",
    };

    public Option<string?> Output { get; } =
        ModelOutput.Option("Also write W and b to a model file (for undetermined weights: the smallest)");

    public Option<bool> Json { get; } = Options.Json();

    public ReportOptions Reports { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(_columns.Source.Data);
        foreach (var option in (Option[])[_columns.Targets, _columns.Inputs, _columns.Formula, _noBias, _ridge,
            _level, _precision, _loss, _ordered, _hurried, _truth, Evidence, _covariance, _statistics, Residuals,
            .. Reports.All, Output, Json])
        {
            command.Add(option);
        }

        _errors.AddTo(command);
        _influence.AddTo(command);
        _columns.AddTo(command);
        Options.RequireOneDocument(command, Json, Output);
    }

    /// <summary>Reads the data, fits them, and looks at their rows again.</summary>
    /// <exception cref="CommandException">Options contradict one another, or the data or the truth cannot be
    /// used.</exception>
    /// <exception cref="ArithmeticException">Every coefficient is too large for a double.</exception>
    public async Task<FitDocument> FitAsync(ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken) =>
        (await FitDataAsync(parsed, Reports.HasPictures(parsed), terminal, cancellationToken)).Document;

    /// <summary>The same, with the data; and with their rows for pictures, if they are wanted.</summary>
    /// <inheritdoc cref="FitAsync" path="/exception"/>
    public async Task<FittedData> FitDataAsync(ParseResult parsed, bool withClouds, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var errors = _errors.Of(parsed);
        var groups = GroupColumns.Of(errors);
        var data = await _columns.ReadAsync(parsed, keepRows: false, hasBias: !parsed.GetValue(_noBias), terminal,
            cancellationToken, looksAgain: !parsed.GetValue(_hurried),
            measurePrecision: parsed.GetValue(_precision) == "printed", groups?.Columns);
        var ofDoubles = await data.FitAsync(Settings(parsed, data.HasBias), terminal, withSpectrum: true);
        (data, var fit) =
            await NumbersAsMeant.DecideAsync(data, ofDoubles, withSpectrum: true, terminal, cancellationToken);
        if (fit.TooLarge.Count == fit.ParametersPerTarget * fit.Names.Targets.Count && fit.TooLarge.Count > 0)
        {
            throw new ArithmeticException(fit.TooLarge[0].ToString()); // there is nothing else to show
        }

        data = parsed.GetValue(_hurried) ? data.WithoutSecondLook() : data;
        var comparison = parsed.GetValue(_truth) is { } file ? Compare(fit, file, terminal) : null;
        var rows = await data.LookAgainAsync(fit, parsed.GetValue(_ordered), terminal, cancellationToken, withClouds,
            errors);
        var source = _columns.Source.Of(parsed).Name;
        groups?.RequireSeveral(rows?.AskedErrors, source);
        rows = errors is ClassicalErrors ? rows?.WithClassicalErrors() : rows;
        var accuracy = data.Uncertainty is { } uncertainty ? fit.AccuracyWith(uncertainty) : fit.Accuracy;
        return new FittedData(data, new FitDocument(fit, accuracy, rows, data.WhyNotLookedAt(fit) ?? "")
        {
            Source = source,
            Rest = data.Rest,
            DataFindings = [.. DesignFindings.OfTargets(data.Design, fit), .. data.FindingsAndNotSeen,
                .. parsed.GetValue(Output) is not null && errors is not (null or ClassicalErrors)
                    ? [ClassicalIntervals(errors)] : Array.Empty<Finding>()],
            Errors = ReportedErrors.Of(fit, rows),
            Loss = Loss.All.Single(choice => choice.Name == parsed.GetValue(_loss)),
            AsksForLearning = parsed.GetResult(_loss) is { Implicit: false },
            ShowsEvidence = parsed.GetValue(Evidence),
            Truth = comparison,
            Asked = errors,
            ShowsCovariance = parsed.GetValue(_covariance),
            ShowsStatistics = parsed.GetValue(_statistics),
            Influence = await _influence.RowsOfAsync(parsed, fit, data, cancellationToken),
            Curvature = data.KeepingSquares is { } squares ? Curvature.Of(squares, fit) : [],
            InWords = RemedyFlags.AddTo,
            EntangledRemedy = EntangledRemedy.Of(fit, data.Design, source),
        });
    }

    private static Finding ClassicalIntervals(ErrorMethod errors) => new(
        Severity.Information,
        "intervals-classical",
        $"The model keeps classical errors: 'plumb predict --interval' goes by them, not by {errors.Name}.",
        "");

    /// <summary>Compares a fit with the truth that a model file holds.</summary>
    /// <exception cref="CommandException">The file's inputs or targets are others, or its map has a bias and the fit
    /// has none.</exception>
    private static TruthComparison Compare(LinearFit fit, string path, ProcessStreams terminal)
    {
        var truth = DataFile.ReadModelFor(path, fit.Names, terminal).Map;
        return !fit.Settings.Bias && truth.Bias.ContainsAnyExcept(0.0)
            ? throw CommandException.Usage(
                $"{path}: the truth has a bias, and --no-bias fits none; leave out --no-bias.")
            : TruthComparison.Of(fit, truth);
    }

    private LeastSquares Settings(ParseResult parsed, bool hasBias) => new()
    {
        Bias = hasBias,
        NoiseIsKnown = _columns.Weights.AreErrorsKnown(parsed),
        Ridge = parsed.GetValue(_ridge),
        Level = parsed.GetValue(_level),
        WithholdTooLarge = true,
    };
}
