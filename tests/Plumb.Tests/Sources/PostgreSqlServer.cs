using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Plumb.Tests.Sources;

/// <summary>A server of PostgreSQL, which .ci/with-postgres starts. Where there is none, one test says so.</summary>
public sealed class PostgreSqlServer
{
    /// <summary>Its address; null where there is none.</summary>
    internal static string? Address { get; } = Environment.GetEnvironmentVariable("PLUMB_TEST_POSTGRES");

    [Fact]
    public void Tests_of_PostgreSQL_have_a_server() => Assert.SkipWhen(Address is null,
        "the tests of PostgreSQL are left out, as there is no server: '.ci/with-postgres dotnet test' starts one");
}

/// <summary>A test that takes a server, and is no test where there is none.</summary>
[XunitTestCaseDiscoverer(typeof(ServerFactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : FactAttribute(file, line);

/// <summary>Tests that take a server, and are none where there is none.</summary>
[XunitTestCaseDiscoverer(typeof(ServerTheoryDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : TheoryAttribute(file, line);

/// <summary>Finds tests where there is a server.</summary>
public sealed class ServerFactDiscoverer : FactDiscoverer
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        PostgreSqlServer.Address is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds tests where there is a server.</summary>
public sealed class ServerTheoryDiscoverer : TheoryDiscoverer
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        PostgreSqlServer.Address is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
}
