namespace Plumb.Cli;

/// <summary>What an option holds that takes a number or one word, such as auto or full.</summary>
/// <param name="Number">The number; null for the word.</param>
internal sealed record NumberOrWord<T>(T? Number)
    where T : struct;
