using NodaTime;

namespace Wfm.Api.Hosting;

/// <summary>The clock at the grain of the stores, a microsecond, so that what is answered now is what is read later.</summary>
internal sealed class StoreClock(IClock clock) : IClock
{
    public Instant GetCurrentInstant()
    {
        var ticks = clock.GetCurrentInstant().ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - ticks % 10);
    }
}
