using NodaTime;
using Wfm.Api.Features.Today.Replay;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Commands.Replay;

/// <summary>Tells a day minute by minute as the server's clock goes on.</summary>
internal sealed class LiveReplay(HubReplay replay, ReplayClock clock, GridSpan day)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <param name="speed">Seconds of the day in a second.</param>
    /// <param name="stopping">Ends it: that is no fault.</param>
    public async Task Run(double speed, CancellationToken stopping)
    {
        clock.Place(clock.GetCurrentInstant(), day.End);
        try
        {
            await Advance(stopping);
            clock.Set(speed, isPaused: false);
            using var timer = new PeriodicTimer(Look);
            while (clock.GetCurrentInstant() < day.End && await timer.WaitForNextTickAsync(stopping)) await Advance(stopping);
            await Advance(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the server ends before the day does
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            clock.Set(null, isPaused: true);
            await Console.Error.WriteLineAsync($"The day is played no further: {e.Message}");
        }
    }

    private Task Advance(CancellationToken stopping)
    {
        var now = clock.GetCurrentInstant();
        return replay.Advance(Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 60 * 60), stopping);
    }
}
