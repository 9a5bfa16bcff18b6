using Hangfire.Server;

namespace Wfm.Api.Jobs;

/// <summary>The body of every message: “run row X”.</summary>
/// <remarks>The engine's own token ends for more reasons than a shutdown; a cancelled job is told by its row.</remarks>
internal sealed class RunJobRow(JobRunner runner, IHostApplicationLifetime lifetime)
{
    private static readonly JobTurn HandedBack = new(JobState.Queued, Text: "The worker shuts down; another takes it up.");

    /// <param name="context">Put in by the engine.</param>
    /// <returns>Path of what the job made.</returns>
    public async Task<string?> Run(Guid jobId, PerformContext context)
    {
        var turn = await Turn(jobId, context.BackgroundJob.Id, lifetime.ApplicationStopping);
        return turn.State == JobState.Succeeded ? turn.Text : throw new JobTurnException(turn);
    }

    private async Task<JobTurn> Turn(Guid jobId, string messageId, CancellationToken stopping)
    {
        try
        {
            return stopping.IsCancellationRequested ? HandedBack : await runner.Run(jobId, messageId, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return HandedBack;
        }
    }
}
