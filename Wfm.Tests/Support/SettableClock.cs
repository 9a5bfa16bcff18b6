using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class SettableClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
