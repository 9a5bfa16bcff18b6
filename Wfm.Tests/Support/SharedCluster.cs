using Wfm.Tests.Support;

namespace Wfm.Tests;

/// <summary>Ends what the whole run of the tests shares.</summary>
[SetUpFixture]
public sealed class SharedCluster
{
    [OneTimeTearDown]
    public Task Stop() => PostgresCluster.StopShared();
}
