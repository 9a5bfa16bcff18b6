namespace Wfm.Api.Jobs;

public sealed record NightlyChainArguments;

public sealed class NightlyChain : IJobHandler
{
    public static string Kind => "nightly-chain";

    public Task<string?> Run(JobContext job, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
