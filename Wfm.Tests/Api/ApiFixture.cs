using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api;

/// <summary>Stops the shared servers after the last API test.</summary>
[SetUpFixture]
public sealed class SharedServersEnd
{
    [OneTimeTearDown]
    public Task Stop() => SharedServers.Stop();
}

/// <summary>A fixture that talks to the shared server of its store kind as admin.</summary>
public abstract class ApiFixture(StoreKind kind)
{
    protected StoreKind Kind { get; } = kind;

    private protected WfmServer Server { get; private set; } = null!;

    protected HttpClient Client => Server.Client;

    [OneTimeSetUp]
    public async Task Connect()
    {
        Server = await SharedServers.Get(Kind);
        await Prepare();
    }

    /// <summary>What all tests of the fixture find there.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;
}
