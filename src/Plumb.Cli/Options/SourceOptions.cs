using System.CommandLine;

namespace Plumb.Cli;

/// <summary>Where rows come from: the argument DATA and its options, shared by the commands that read rows.</summary>
/// <param name="holds">What the rows must hold, for the help; may be empty.</param>
/// <param name="takesDecimals">Whether the command can work with decimals as they are written.</param>
/// <param name="takesEmpty">Whether the command can leave something empty for rows that lack a value.</param>
internal sealed class SourceOptions(string holds = "", bool takesDecimals = false, bool takesEmpty = false)
{
    private readonly Option<string> _numbers = Options.Choice(
        "--numbers",
        "How numbers in a CSV file are read: double (the nearest double), decimal (exactly as written, so that "
            + "0.1 + 0.2 = 0.3), or auto (decimal where rounding to doubles would hide a relation; the file is then "
                + "read twice) [default: auto]",
        "auto",
        "double",
        "decimal");

    private readonly Option<string> _pushDown = Options.Choice(
        "--push-down",
        "Whether a database adds up the rows itself: auto (PostgreSQL, where that is faster and no row is looked at "
            + "again), always (PostgreSQL, and what DuckDB reads), or never; the sums are the same to the last bit "
                + "[default: auto]",
        "auto",
        "always",
        "never");

    private readonly CsvOptions _csv = new(takesEmpty);
    private readonly Option<string?> _sql =
        new("--sql")
        {
            Description = "Read the result of an SQL query. Without DATA, the query names files; with a database, its "
            + "tables; with a Parquet or JSON file, the table is called data. (DuckDB's SQL; PostgreSQL's own for "
            + "PostgreSQL.)",
            HelpName = "QUERY"
        };
    private readonly Option<string?> _where =
        new("--where")
        {
            Description = "Read only the rows for which this SQL condition holds, such as year = 2026 and city <> "
                + "'Rome'",
            HelpName = "CONDITION"
        };
    private readonly Option<bool> _folders =
        new("--folders") { Description = "Also read folders called NAME=VALUE as columns: year in year=2026/data.csv" };
    private readonly Option<string?> _table =
        new("--table") { Description = "The table of a database [default: the only one]", HelpName = "NAME" };

    /// <summary>The files.</summary>
    public Argument<string[]> Data { get; } = new("DATA")
    {
        Description = $"The files{holds}: CSV, Parquet (.parquet), JSON lines (.jsonl), Arrow (.arrow), arrays (.npy, "
            + $".npz, .safetensors), a DuckDB database (.duckdb), PostgreSQL (postgres://user@host/database), or a "
                + $"pattern such as \"data/*.csv\"; - reads CSV from standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Which words of DATA are data: a command may take others there.</summary>
    public Func<string, bool> Takes { get; init; } = _ => true;

    /// <summary>Gives a command the options; the argument has its own place.</summary>
    public void AddTo(Command command)
    {
        command.Add(_sql);
        command.Add(_where);
        command.Add(_folders);
        command.Add(_table);
        _csv.AddTo(command);
        _numbers.Hidden = !takesDecimals;
        command.Add(_numbers);
        if (takesDecimals) // the commands that take moments alone
        {
            _pushDown.HelpName = "MODE"; // its three words would push all descriptions to the right
            command.Add(_pushDown);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_sql) is not null && result.GetValue(_table) is not null)
            {
                result.AddError("give either --sql or --table; name the table in the query");
            }

            if (result.GetValue(_folders) && (result.GetValue(_sql) ?? result.GetValue(_table)) is not null)
            {
                result.AddError("--folders is for files that are read as they are, and a query or a table is given; "
                    + "leave out one of the two");
            }

            if (result.GetValue(_sql) is not null && result.GetValue(_where) is not null)
            {
                result.AddError("give either --sql or --where; write the condition into the "
                    + "query, behind where");
            }

            if (!takesDecimals && result.GetValue(_numbers) == "decimal")
            {
                result.AddError($"--numbers decimal is for 'plumb fit' and 'plumb moments', and 'plumb {command.Name}' "
                    + $"computes in doubles; leave it out, or give it moments of decimals where it takes moments");
            }
        });
    }

    /// <summary>The data that the command line names.</summary>
    /// <exception cref="CommandException">It names none.</exception>
    public DataArguments Of(ParseResult parsed)
    {
        var given = new DataArguments([.. (parsed.GetValue(Data) ?? []).Where(Takes)], _csv.Format(parsed))
        {
            Sql = parsed.GetValue(_sql),
            Table = parsed.GetValue(_table),
            Where = parsed.GetValue(_where),
            Folders = parsed.GetValue(_folders),
            Numbers = NumbersOf(parsed),
            PushDown = (takesDecimals ? parsed.GetValue(_pushDown) : "never") switch
            {
                "always" => PushDown.Always,
                "never" => PushDown.Never,
                _ => PushDown.Auto,
            },
        };
        StrayNames.Refuse(parsed, given.Paths);
        return given.Paths.Count > 0 || given.Sql is not null
            ? given
            : throw CommandException.Usage(
                $"DATA is missing, expected a file, - for standard input, or a query after --sql; see 'plumb "
                    + $"{parsed.CommandResult.Command.Name} --help'.");
    }

    /// <summary>What becomes of rows that lack a value; null where it is not said.</summary>
    public LackingRows? LackingOf(ParseResult parsed) => _csv.LackingOf(parsed);

    private NumberReading NumbersOf(ParseResult parsed) => parsed.GetValue(_numbers) switch
    {
        "double" => NumberReading.Double,
        "decimal" => NumberReading.Decimal,
        _ => NumberReading.Auto,
    };
}
