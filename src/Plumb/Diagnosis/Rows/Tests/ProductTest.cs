namespace Plumb.Diagnosis;

/// <summary>The test of the product of two inputs.</summary>
/// <param name="Target">The target.</param>
/// <param name="First">One input, by coordinate.</param>
/// <param name="Second">The other.</param>
/// <param name="Test">What it says.</param>
internal sealed record ProductTest(int Target, int First, int Second, HypothesisTest Test);
