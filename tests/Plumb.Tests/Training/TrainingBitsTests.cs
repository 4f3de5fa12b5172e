using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plumb.Tests;

/// <summary>Trained maps do not depend on the machine; the continuous run tries this at every vector width.</summary>
public sealed class TrainingBitsTests
{
    [Fact]
    public void Bits_are_the_same_everywhere()
    {
        // Shapes on both sides of every tile: targets of one octet, of four and one, inputs and rows of fours and
        // rests.
        var lines = new List<string>();
        foreach (var (rows, inputs, targets) in new[] { (7, 3, 3), (70, 5, 9), (131, 11, 37), (64, 64, 64) })
        {
            var data = TrainingProblems.Noisy(rows, inputs, targets, 0.1, seed: 4);
            foreach (var optimizer in OptimizerTests.s_chains)
            {
                foreach (var batch in new[] { 1, 6, rows })
                {
                    var last =
                        new GradientDescent(0.01) { Optimizer = optimizer, BatchSize = batch }.Train(
                            AffineMap.Zero(inputs, targets), data, 20).Last();
                    var bytes = MemoryMarshal.AsBytes(last.Map.Weights.Values);
                    lines.Add(
                        $"{rows} x {inputs} -> {targets}, {optimizer}, batch {batch}: "
                            + $"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}");
                }
            }
        }

        Golden.Verify("training-bits", string.Join('\n', lines) + "\n");
    }
}
