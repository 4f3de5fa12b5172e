namespace Plumb.Cli;

/// <summary>What the process says to the shell; 130 is the shells' own number for an interrupt.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Usage = 2;
    public const int DataRefused = 3;
    public const int NoHonestAnswer = 4;
    public const int Environment = 5;
    public const int Interrupted = 130;
}
