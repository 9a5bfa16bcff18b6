using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Jobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>Jobs that do nothing but wait or break, for tests of what carries them.</summary>
internal static class TestJobs
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = [];

    public static void Add(IServiceCollection services) => services.AddJobHandler<Gated>().AddJobHandler<GatedNight>().AddJobHandler<Broken>();

    /// <summary>Lets the jobs at the gate end.</summary>
    public static void Open(string gate) => GateOf(gate).TrySetResult();

    internal static TaskCompletionSource GateOf(string gate) => Gates.GetOrAdd(gate, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    internal sealed record GateArguments(string Gate);

    /// <summary>Ends when its gate is opened.</summary>
    internal sealed class Gated : IJobHandler
    {
        public static string Kind => "test-gated";

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
        {
            await GateOf(job.Arguments<GateArguments>().Gate).Task.WaitAsync(cancellationToken);
            return null;
        }
    }

    /// <summary>The same as work of the night.</summary>
    internal sealed class GatedNight : IJobHandler
    {
        public static string Kind => "test-gated-night";

        public static JobPriority Priority => JobPriority.Nightly;

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
        {
            await GateOf(job.Arguments<GateArguments>().Gate).Task.WaitAsync(cancellationToken);
            return null;
        }
    }

    internal sealed record BrokenArguments;

    /// <summary>Has a bug.</summary>
    internal sealed class Broken : IJobHandler
    {
        public static string Kind => "test-broken";

        public Task<string?> Run(JobContext job, CancellationToken cancellationToken) => throw new InvalidOperationException("a bug");
    }
}
