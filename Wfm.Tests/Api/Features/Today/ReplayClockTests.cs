using NodaTime;
using Wfm.Api.Features.Today.Replay;

namespace Wfm.Tests.Api.Features.Today;

public sealed class ReplayClockTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 7, 45);

    [Test]
    public void Set_FasterThenPaused_GoesOnFromWhereItStands()
    {
        var time = new Machine();
        var clock = new ReplayClock(Start, time);
        Instant After(double seconds)
        {
            time.Seconds += seconds;
            return clock.GetCurrentInstant();
        }

        After(5).Should().Be(Start + Duration.FromSeconds(5), "it begins at the speed of the world");
        clock.Set(60, null);
        After(2).Should().Be(Start + Duration.FromSeconds(125));
        clock.Set(null, true);
        After(100).Should().Be(Start + Duration.FromSeconds(125));
        clock.State.Should().Be(new ReplayState(Start + Duration.FromSeconds(125), null, 60, true));
        clock.Set(10, false);
        After(1).Should().Be(Start + Duration.FromSeconds(135));
    }

    [Test]
    public void Place_WithAnEnd_StopsThere()
    {
        var time = new Machine();
        var clock = new ReplayClock(Start, time);
        clock.Place(Start - Duration.FromHours(1), Start);
        clock.Set(3600, null);

        time.Seconds += 2;

        clock.GetCurrentInstant().Should().Be(Start);
        clock.State.IsPaused.Should().BeTrue("it goes no further");
    }

    private sealed class Machine : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
