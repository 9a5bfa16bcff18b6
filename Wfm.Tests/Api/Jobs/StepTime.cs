using Wfm.Api.Jobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class StepTime : TimeProvider
{
    public TimeSpan Elapsed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Has the sweeper look at the running rows for as long as tells a dead worker.</summary>
    /// <param name="between">What happens after each look but the last.</param>
    public async Task LookOn(JobSweeper sweeper, Func<Task> between)
    {
        for (var begun = Elapsed; Elapsed <= begun + JobSweeper.Silence; Elapsed += TimeSpan.FromSeconds(5))
        {
            await sweeper.Look(default);
            await between();
        }

        await sweeper.Look(default);
    }
}
