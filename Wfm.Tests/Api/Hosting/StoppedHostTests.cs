using System.Runtime.CompilerServices;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

public sealed class StoppedHostTests
{
    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Dispose_AHostThatHasServed_LeavesNothingOfIt(StoreKind kind)
    {
        var services = new List<WeakReference>();
        for (var i = 0; i < 3; i++)
        {
            services.Add(await Serve(kind));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        services.Count(s => s.IsAlive).Should().BeLessThan(2, "the last may still be in somebody's hands, the others must not");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Serve(StoreKind kind)
    {
        await using var server = await WfmServer.Start(kind);
        await server.GetJson("/api/v1/hubs");
        return new WeakReference(server.Services);
    }
}
