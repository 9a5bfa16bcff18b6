using NodaTime;

namespace Wfm.Api.Features.Today.Replay;

/// <summary>The clock of a day that is played again: as fast as is asked for, up to the end of the day, where it stands still.</summary>
/// <param name="start">Where it begins, at the speed of the world's clocks.</param>
/// <param name="time">What the machine's time is measured by.</param>
public sealed class ReplayClock(Instant start, TimeProvider time) : IClock
{
    /// <summary>The fastest a day is played: an hour in a second.</summary>
    public const double MostSpeed = 3600;

    private readonly Lock _lock = new();
    private Instant _at = start;
    private long _since = time.GetTimestamp();
    private double _speed = 1;
    private bool _isPaused;
    private Instant _end = Instant.MaxValue;

    /// <inheritdoc/>
    public Instant GetCurrentInstant()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <summary>Where the day stands.</summary>
    public ReplayState State
    {
        get
        {
            lock (_lock)
            {
                var now = Now();
                return new ReplayState(now, _end == Instant.MaxValue ? null : _end, _speed, _isPaused || now == _end);
            }
        }
    }

    /// <summary>Goes on as fast as is asked for, or stands still.</summary>
    /// <param name="speed">Seconds of the day in a second, more than 0; null as it is.</param>
    /// <param name="isPaused">Whether it stands still; null as it is.</param>
    public void Set(double? speed, bool? isPaused)
    {
        lock (_lock)
        {
            (_at, _since) = (Now(), time.GetTimestamp());
            (_speed, _isPaused) = (speed ?? _speed, isPaused ?? _isPaused);
        }
    }

    /// <summary>Stands at a moment, from which it goes on.</summary>
    /// <param name="end">Where it stops.</param>
    public void Place(Instant at, Instant end)
    {
        lock (_lock)
        {
            (_at, _since, _end) = (at, time.GetTimestamp(), end);
        }
    }

    private Instant Now() => _isPaused ? _at : Instant.Min(_end, _at + Duration.FromTimeSpan(time.GetElapsedTime(_since)) * _speed);
}

/// <summary>Where a day stands that is played again.</summary>
/// <param name="At">The moment, which is now for the whole server but for its jobs.</param>
/// <param name="End">Where it stops; null while the operation is still being prepared.</param>
/// <param name="Speed">Seconds of the day in a second.</param>
/// <param name="IsPaused">Whether it stands still.</param>
public sealed record ReplayState(Instant At, Instant? End, double Speed, bool IsPaused);
