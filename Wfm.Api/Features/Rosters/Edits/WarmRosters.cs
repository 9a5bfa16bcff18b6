using System.Collections.Concurrent;
using Wfm.Api.Features.Rosters.Turns;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Rosters kept open between requests, so that a check costs milliseconds: the ones used last, each for one request at a time.</summary>
public sealed class WarmRosters
{
    /// <summary>Rosters kept at most; a document of 1,000 people over four weeks holds some tens of megabytes.</summary>
    public const int Most = 12;

    private readonly ConcurrentDictionary<Guid, Entry> _entries = [];
    private long _uses;

    /// <summary>Waits until nobody else uses the roster; disposing of the answer lets the next in.</summary>
    internal async Task<Entry> Enter(Guid roster, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(roster, _ => new Entry());
        await entry.Turn.WaitAsync(cancellationToken);
        entry.Used = Interlocked.Increment(ref _uses);
        foreach (var old in _entries.Values.Where(e => e != entry && e.Open is not null).OrderByDescending(e => e.Used).Skip(Most - 1))
        {
            if (await old.Turn.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                old.Forget(); // the entry itself stays: somebody may be about to wait for it
                old.Dispose();
            }
        }

        return entry;
    }

    /// <summary>A roster that may be open.</summary>
    internal sealed class Entry : IDisposable
    {
        internal SemaphoreSlim Turn { get; } = new(1);

        internal long Used { get; set; }

        /// <summary>The roster as it was opened, and edited since; null while it is not open.</summary>
        internal OpenRoster? Open { get; private set; }

        /// <summary>What it was checked against.</summary>
        internal RosterStamp? Stamp { get; private set; }

        internal void Keep(OpenRoster open, RosterStamp stamp) => (Open, Stamp) = (open, stamp);

        internal void Forget() => (Open, Stamp) = (null, null);

        public void Dispose() => Turn.Release();
    }
}
