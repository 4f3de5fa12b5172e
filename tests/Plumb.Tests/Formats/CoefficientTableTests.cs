using System.Text;

namespace Plumb.Tests.Formats;

/// <summary>Tables of coefficients as regression programs write them: one target's weights, whatever is beside
/// them.</summary>
public sealed class CoefficientTableTests
{
    private static readonly VariableNames s_cars = new(["hp", "wt"], ["mpg"]);

    /// <summary>One regression, and to how many decimals it is written.</summary>
    public static TheoryData<string, int> Printed { get; } = new()
    {
        { "broom.csv", 12 },
        { "summary.txt", 5 },
        { "print_coef.txt", 8 },
        { "print_coef_summary.txt", 8 },
        { "write_table.txt", 12 },
        { "write_table_coef.txt", 12 },
        { "statsmodels.txt", 3 },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void Regression_is_read_as_it_was_written(string file, int decimals)
    {
        var stored = Read(File.ReadAllText(Reference.PathOf("coefficients", file)), file);
        var map = stored.ToModel(s_cars).Map;
        var order = s_cars.Inputs.Select(name => map.Names.Inputs.ToList().IndexOf(name)).ToArray();
        Assert.Equal([-0.0446613270045, -1.4989481113256, 30.5431206483752],
            [map.WeightsOf(0)[order[0]], map.WeightsOf(0)[order[1]], map.Bias[0]],
            (expected, actual) => Math.Abs(expected - actual) < Math.Pow(10, -decimals));
        Assert.Equal(1, map.TargetCount);
    }

    [Theory]
    [InlineData("term,estimate,std.error,statistic,p.value\n(Intercept),3,1,1,NA\nhp,1,1,1,0.1\nwt,2,1,,< 2e-16\n")]
    [InlineData("term,coef,std err,t,P>|t|,[0.025,0.975]\nconst,3,1,1,0,1,5\nhp,1,1,1,0,1,5\nwt,2,1,1,0,1,5\n")]
    [InlineData("  , coef ,std err,P>|t|\nconst , 3,1,1\nhp , 1,1,1\nwt , 2,1,1\n")] // statsmodels' as_csv
    [InlineData("\"\",\"Estimate\",\"Std. Error\",\"t value\",\"Pr(>|t|)\"\n"
        + "(Intercept),3,1,1,1\nhp,1,1,1,1\nwt,2,1,1,1\n")]
    [InlineData(",Coefficients,Standard Error,t Stat,P-value,Lower 95%,Upper 95%\n"
        + "Intercept,3,1,1,1,1,5\nhp,1,1,1,1,1,5\nwt,2,1,1,1,1,5\n")]
    [InlineData("names;coef;se;T;pval;CI[2.5%];CI[97.5%]\nIntercept;3;1;1;1;1;5\nhp;1;1;1;1;1;5\nwt;2;1;1;1;1;5\n")]
    [InlineData("variable\tb\tstderr\tt\tsig\n_cons\t3\t1\t1\t1\nhp\t1\t1\t1\t1\nwt\t2\t1\t1\t1\n")]
    [InlineData(",term,estimate,std.error\n1,const,3,1\n2,hp,1,1\n3,wt,2,1\n")] // numbered rows
    [InlineData("const,3\nhp,1\nwt,2\n")] // no row of names: the bias is not lost
    [InlineData("hp,1\nwt,2\nconst,3\n")]
    [InlineData("const    3.0\nhp       1.0\nwt       2.0\ndtype: float64\n")] // pandas
    public void Other_columns_are_no_targets(string text)
    {
        var map = Read(text).ToModel(s_cars).Map;
        Assert.Equal((s_cars, 1, 2, 3), (map.Names, map.WeightsOf(0)[0], map.WeightsOf(0)[1], map.Bias[0]));
    }

    [Fact]
    public void What_was_read_and_what_was_not_is_said()
    {
        var finding = Assert.Single(Read(
            "term,estimate,std.error,p.value\n(Intercept),3,1,1\nhp,1,1,1\n").Findings);
        Assert.Equal(("coefficients", "w.csv: is a table of coefficients: the column 'estimate' holds W and b; not "
            + "used: 'std.error', 'p.value'."), (finding.Code, finding.Message));
    }

    [Fact]
    public void Coefficient_that_R_left_out_counts_as_0_and_is_said()
    {
        var stored = Read(File.ReadAllText(Reference.PathOf("coefficients", "summary_na.txt")), "summary_na.txt");
        var map = stored.ToModel().Map;
        Assert.Equal(["hp", "wt", "h2", "I(wt^2 + 1)"], map.Names.Inputs);
        Assert.Equal([-0.03699, 22.35937, 0, -4.10651], map.WeightsOf(0).ToArray());
        Assert.Contains(stored.Findings, finding => finding.Code == "coefficients-missing"
            && finding.Message.Contains("NA for 'h2'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("term,estimate,std.error,y2\na,1,2,3\n", "w.csv(1): has the columns 'term', 'estimate', 'std.error', "
        + "'y2', of which 'std.error' belongs to a table of coefficients")]
    [InlineData("term,std.error,p.value\na,1,2\n",
        "w.csv(1): has the columns 'term', 'std.error', 'p.value', of which")]
    [InlineData("term,estimate,coef,std.error\na,1,2,3\n", "w.csv(1): has the columns")]
    [InlineData("estimate,std.error\n1,2\n3,4\n", "w.csv(1): has no column of names")]
    [InlineData("a,b,estimate,std.error\nu,v,1,2\nw,x,3,4\n", "w.csv(1): has several columns of names")]
    [InlineData("response,term,estimate,std.error\ny1,hp,1,2\ny2,hp,3,4\n",
        "w.csv(3): names the term 'hp' a second time, expected each once; keep the rows of one target.")]
    [InlineData("term,estimate,std.error\na,n/a,2\n", "w.csv(2): column 2 holds 'n/a', expected a finite number")]
    [InlineData("            Estimate Std. Error\nhp    1.5        0.5\n", "w.csv(2): has no name and number that ends "
        + "below 'Estimate'")]
    [InlineData("    Estimate Std. Error\n\nhp       1.5        0.5\n\n    Estimate Std. Error\n"
        + "hp       1.5        0.5\n", "w.csv(5): holds a second table of coefficients, after the one of w.csv(1)")]
    public void What_is_not_plainly_such_a_table_is_refused(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Column_that_is_asked_for_is_taken()
    {
        const string Text = "term,lasso,ols,std.error\n(Intercept),3,4,1\nhp,1,2,1\n";
        var format = new WeightsFormat { WeightsName = "lasso" };
        var map = Read(Text, format: format).ToModel().Map;
        Assert.Equal((1, 3, "hp"), (map.WeightsOf(0)[0], map.Bias[0], Assert.Single(map.Names.Inputs)));
        Assert.Contains("has no column 'ridge', expected one of 'term', 'lasso', 'ols', 'std.error'",
            Assert.Throws<InvalidDataException>(() =>
                Read(Text, format: new WeightsFormat { WeightsName = "ridge" })).Message);
    }

    [Theory]
    [InlineData("t,z,bias\n1,2,3\n")]
    [InlineData("se,estimate,bias\n1,2,3\n")]
    [InlineData("coef,t,bias\n1,2,3\n")]
    [InlineData(",coef,t\ny,1,2\n")]
    public void Inputs_may_be_called_like_statistics(string text) =>
        Assert.Equal([1, 2], Read(text).ToModel().Map.WeightsOf(0).ToArray());

    private static StoredWeights Read(string text, string name = "w.csv", WeightsFormat? format = null) =>
        WeightsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, format);
}
