using Plumb.Cli;

namespace Plumb.Tests.Cli;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("fti", 2, "'fti' is not a command of plumb; did you mean 'fit'?")]
    [InlineData("simulat", 2, "'simulat' is not a command of plumb; did you mean 'simulate'?")]
    [InlineData("simulate --rows 2 --outputs 1", 2, "Option '--inputs' is required; see 'plumb simulate --help'.")]
    [InlineData("simulate --inputs 0 --outputs 1 --rows 2", 2,
        "--inputs holds '0', expected a whole number from 1 to 100000; see 'plumb simulate --help'.")]
    [InlineData("simulate --inputs 1.5 --outputs 1 --rows 2", 2,
        "--inputs holds '1.5', expected a whole number from 1 to 100000")]
    [InlineData("simulate --inputs 1 --outputs -1 --rows 2", 2, "--outputs holds '-1', expected a whole number")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 0", 2, "--rows holds '0', expected a whole number")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 --noise 1,5", 2,
        "--noise holds '1,5', expected a number of 0 or more, such as 0.1")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 --noise NaN", 2,
        "--noise holds 'NaN', expected a number of 0 or more")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 --noise 1e999", 2,
        "--noise holds '1e999', expected a number of 0 or more")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 --seed x", 2,
        "--seed holds 'x', expected a whole number; see")]
    [InlineData("fit data.csv --taget y", 2, "'--taget' is not an option of plumb fit; did you mean '--target'?")]
    [InlineData("train data.csv --target y --rate 0.1", 2,
        "'--rate' is not an option of plumb train; did you mean '--learning-rate'?")]
    [InlineData("fit data.csv --target y --alpha 0.1", 2, "'--alpha' is not an option of plumb fit; did you mean "
        + "'--ridge'?")]
    [InlineData("train data.csv --target y --lambda=0.1", 2, "'--lambda' is not an option of plumb train; did you mean "
        + "'--weight-decay'?")]
    [InlineData("train data.csv --target y --epochs 5", 2, "'--epochs' is not an option of plumb train; did you mean "
        + "'--steps'? With full batches, a step is an epoch.")]
    [InlineData("train data.csv --target y --max_iter 5", 2, "'--max_iter' is not an option of plumb train; did you "
        + "mean '--steps'?")]
    [InlineData("fit data.csv --target y -d ;", 2, "'-d' is not an option of plumb fit; did you mean '--delimiter'?")]
    [InlineData("fit data.csv --target y --batch 8", 2, "'--batch' is not an option of plumb fit, but of plumb train; "
        + "see 'plumb fit --help'.")]
    [InlineData("fit data.csv --target y --nothing 8", 2, "'--nothing' is not an option of plumb fit; see")]
    [InlineData("export m.json -o m.onnx --float32", 2, "'--float32' is not an option of plumb export; did you mean "
        + "'--precision float32'?")]
    [InlineData("-v", 2, "'-v' is not an option of plumb; did you mean '--version'?")]
    [InlineData("help fot", 2, "'fot' is not a command of plumb; did you mean 'fit'?")]
    [InlineData("fit data.csv --target y1 y2", 2, "'y2' is taken for a file, and there is none of that name; did you "
        + "mean --target y1,y2?")]
    [InlineData("fit --input x1 x2 x3 -t y data.csv", 2, "'x2' is taken for a file, and there is none of that name; "
        + "did you mean --input x1,x2,x3?")]
    [InlineData("fit --target y data.cvs", 3, "data.cvs: there is no such file")]
    [InlineData("simulate --input 1", 2, "'--input' is not an option of plumb simulate; did you mean '--inputs'?")]
    [InlineData("simulate --inputs 99999 --outputs 2 --rows 1", 2,
        "--inputs 99999 and --outputs 2 are too many, expected at most 100000 columns")]
    [InlineData("simulate --inputs 50000 --outputs 50000 --rows 1", 2,
        "--inputs 50000 and --outputs 50000 are too many, expected at most 100000 columns and 100000000 weights")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 -o a --truth ./a", 2,
        "--output and --truth both name ./a, expected two files")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 --truth -", 2,
        "--truth holds '-', expected the name of a file")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 1 -o no/such/dir/a.csv", 5,
        "no/such/dir/a.csv cannot be written: there is no directory")]
    [InlineData("predict", 2, "Required argument 'MODEL' missing for command: 'predict'; see 'plumb predict --help'.")]
    [InlineData("demo c", 2, "'c' is not an argument of plumb demo; see 'plumb demo --help'.")]
    [InlineData("predict - -", 2, "MODEL and DATA are both standard input")]
    [InlineData("predict none.json -", 3, "none.json: there is no such file; check the name")]
    [InlineData("predict . -", 3, ".: is a directory, expected a file; name a file in it.")]
    [InlineData("predict a b --missing zero", 2, "--missing holds 'zero', expected refuse or drop")]
    [InlineData("predict a b --decimal ;", 2, "--decimal holds ';', expected . or ,")]
    [InlineData("predict a b --delimiter 5", 2, "--delimiter holds '5', expected one character")]
    [InlineData("predict a b --header --no-header", 2, "--header and --no-header contradict each other")]
    [InlineData("predict - b", 3, "standard input: $ begins with 'x', expected a JSON object")]
    public async Task Run_that_fails_says_why_in_one_line(string words, int exitCode, string message)
    {
        var run = await CliRun.WithInput("x1,x2\n1,2\n", words.Split(' '));
        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith($"plumb: {message}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.EndsWith("\n", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Run_that_is_cancelled_exits_130()
    {
        var run = await CliRun.Cancelled("simulate", "--inputs", "1", "--outputs", "1", "--rows", "9");
        Assert.Equal((130, "plumb: interrupted.\n", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Theory]
    [InlineData(32, 0)] // EPIPE: the reader has had enough
    [InlineData(28, 5)] // ENOSPC
    public async Task Run_whose_output_fails_ends(int errno, int exitCode)
    {
        using var output = new FailingStream(errno);
        using var error = new StringWriter();
        var terminal = ProcessStreams.Redirected(Stream.Null, output, error);
        Assert.Equal(exitCode,
            await PlumbCli.RunAsync(["simulate", "--inputs", "1", "--outputs", "1", "--rows", "1000000000000"],
                terminal, TestContext.Current.CancellationToken));
        Assert.Equal(exitCode == 0, error.ToString().Length == 0);
        Assert.Equal(exitCode, await PlumbCli.RunAsync(["--help"], terminal, TestContext.Current.CancellationToken));
    }

    private sealed class FailingStream(int errno) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) =>
            throw new IOException("The write failed.", errno);

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("The write failed.", errno);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default) => throw new IOException("The write failed.", errno);
    }
}
