using System.Text;

namespace Plumb.Tests;

/// <summary>
/// Texts that people read, pinned byte for byte in tests/Plumb.Tests/golden; PLUMB_UPDATE_GOLDEN=1 rewrites them.
/// </summary>
internal static class Golden
{
    public static void Verify(string name, string text) =>
        VerifyFile(Path.Combine(Repository.Root, "tests", "Plumb.Tests", "golden", name + ".txt"), text);

    /// <summary>The same for a file elsewhere, such as the readme.</summary>
    public static void VerifyFile(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("PLUMB_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path),
            $"{path} is missing; run the tests with PLUMB_UPDATE_GOLDEN=1 and look at what they write.");
        Assert.Equal(Encoding.UTF8.GetString(File.ReadAllBytes(path)), text);
    }
}
