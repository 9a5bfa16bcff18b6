using NodaTime;
using Wfm.Scheduling.Simulation;
using Span = Wfm.Scheduling.Simulation.CompiledScenario.Span;

namespace Wfm.Scheduling.Floor;

/// <summary>People of a running day, with who is missing or away in each replication.</summary>
/// <remarks>
/// A shift that has begun is not missed any more: who is not there is known. Of the others each is missed with the unplanned share. Of the working time the
/// planned share goes in half-hours of the horizon's clock. Each number hangs on the replication, the person and the shift or the half-hour alone, so a shift
/// that is longer, or a break elsewhere, changes nothing for anybody else: rosters compare on equal terms.
/// </remarks>
internal sealed class FloorPeople
{
    private static readonly double AwaySeconds = Duration.FromMinutes(30).TotalSeconds;

    private readonly FloorWork _work;
    private readonly int _seed;
    private readonly int _slots;
    private readonly (int Stream, Span[] Spans, int[] Shifts, bool[] MayMiss)[] _people;
    private readonly bool[] _away;

    public FloorPeople(FloorWork work, IReadOnlyList<RosteredPerson> people, int seed)
    {
        (_work, _seed) = (work, seed);
        _slots = (int)Math.Ceiling(work.Interval.TotalSeconds * work.Queues[0].Queue.AhtSeconds.Length / AwaySeconds);
        _away = new bool[_slots];
        _people = [.. people.Select(Compile)];
    }

    /// <summary>When each is there in a replication.</summary>
    public Span[][] Of(int replication) =>
        _people.Length == 0 ? [[]] : Array.ConvertAll(_people, p => Of(replication, p.Stream, p.Spans, p.Shifts, p.MayMiss));

    private (int, Span[], int[], bool[]) Compile(RosteredPerson person)
    {
        var whole = person.Shifts ?? person.Periods;
        var (spans, shifts) = (new List<Span>(), new List<int>());
        foreach (var period in person.Periods)
        {
            var shift = 0;
            while (shift < whole.Count - 1 && whole[shift].End < period.End) shift++;
            var mine = CompiledScenario.Available([period]);
            spans.AddRange(mine);
            shifts.AddRange(Enumerable.Repeat(shift, mine.Length));
        }

        return (SimulatedWork.Stream(person.Person), [.. spans], [.. shifts], [.. whole.Select(w => w.Start > _work.Now)]);
    }

    private Span[] Of(int replication, int stream, Span[] spans, int[] shifts, bool[] mayMiss)
    {
        if (spans.Length == 0 || (_work.Planned == 0 && (_work.Unplanned == 0 || !Array.Exists(mayMiss, m => m)))) return spans;
        var random = new ContactRandom(_seed, replication, -1 - stream); // queues have the streams from 0 up
        Span<bool> missed = stackalloc bool[Math.Min(mayMiss.Length, 64)];
        for (var s = 0; s < missed.Length; s++) missed[s] = random.NextUniform() < _work.Unplanned && mayMiss[s];
        var away = new ContactRandom(_seed, replication, int.MinValue + stream); // apart, so that one more shift leaves the half-hours alone
        for (var k = 0; k < _slots; k++) _away[k] = away.NextUniform() < _work.Planned;
        var there = new List<Span>(spans.Length + 4);
        for (var i = 0; i < spans.Length; i++)
        {
            if (shifts[i] < missed.Length && missed[shifts[i]]) continue;
            Cut(spans[i], there);
        }

        return [.. there];
    }

    /// <summary>The stretch without the half-hours away, each of which is a break.</summary>
    private void Cut(in Span span, List<Span> there)
    {
        var start = span.Start;
        for (var k = Math.Max(0, (int)(span.Start / AwaySeconds)); k < _slots && k * AwaySeconds < span.End; k++)
        {
            if (!_away[k]) continue;
            var (from, to) = (k * AwaySeconds, (k + 1) * AwaySeconds);
            if (to >= span.End)
            {
                // away until the break, or until the shift ends
                if (from > start) there.Add(new Span(start, from, span.BreakAfter > 0 ? span.End - from + span.BreakAfter : 0));
                return;
            }

            if (from > start) there.Add(new Span(start, from, to - from));
            start = to;
        }

        there.Add(span with { Start = start });
    }
}
