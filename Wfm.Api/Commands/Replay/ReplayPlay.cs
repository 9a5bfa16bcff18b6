using NodaTime;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Commands.Replay;

/// <summary>The day of a world as a roster makes it: what it would tell at each moment.</summary>
/// <remarks>It can be asked of any moment; of those after an edit yet to be made it tells what would be without.</remarks>
internal sealed class ReplayPlay
{
    /// <summary>Bounds of the ranges of ages in which open contacts are told, in minutes.</summary>
    private static readonly int[] Ages = [0, 15, 30, 60, 120, 240, 480, 960, 1440, 2160, 2880, 4320, 7200, 14_400, 525_600];

    private readonly ReplayWorld _world;
    private readonly ILookup<string, RosterShift> _shifts;
    private readonly ILookup<string, PlayedContact> _contacts; // by agent
    private readonly ILookup<string, PlayedPresence> _presences;

    public ReplayPlay(ReplayWorld world, ReplayRoster roster)
    {
        _world = world;
        var shifts = roster.Shifts.Where(s => !world.Misses(s.AgentId, s.Date) || s.Start < world.Span.Start).Select(Worked).OfType<RosterShift>().ToList();
        var people = RosteredPerson.Of(shifts, roster.Skills, world.Span.Start, allSkills: false);
        Day = PlayedDay.Of(world.Work(), people, world.Seed);
        _shifts = shifts.ToLookup(s => s.AgentId);
        string Agent(int person) => people[person].Name[..people[person].Name.LastIndexOf(' ')]; // a person is told once a group
        _contacts = Day.Contacts.Where(c => c.Person >= 0).ToLookup(c => Agent(c.Person));
        _presences = people.Count == 0 ? Array.Empty<PlayedPresence>().ToLookup(_ => "") : Day.Presences.ToLookup(p => Agent(p.Person));
    }

    public PlayedDay Day { get; }

    /// <summary>Everybody who works.</summary>
    public IEnumerable<string> Agents => _shifts.Select(s => s.Key);

    /// <summary>Volumes of an interval, one row a queue, as <c>volumes:import</c> takes them.</summary>
    public IEnumerable<string> Volumes(int interval)
    {
        var (from, to) = Seconds(interval);
        foreach (var (q, queue) in _world.Queues.Index())
        {
            var ended = Day.Contacts.Where(c => c.Queue == q && c.End >= from && c.End < to).ToList();
            var handled = ended.Sum(c => c.End - c.Start);
            yield return $"{_world.Span.StartOf(interval)},{queue.Queue.Code},{_world.Hub.Code},{queue.Offered[interval]},{ended.Count},{handled:0}";
        }
    }

    /// <summary>What was answered in an interval, one row a queue, as <c>served:import</c> takes it.</summary>
    public IEnumerable<object> Served(int interval)
    {
        var (from, to) = Seconds(interval);
        foreach (var (q, queue) in _world.Queues.Index())
        {
            var (waits, threshold) = (queue.Queue.Deferrable is null, queue.Queue.Immediate?.Threshold?.TotalSeconds ?? double.PositiveInfinity);
            var mine = Day.Contacts.Where(c => c.Queue == q).ToList();
            var answered = mine.FindAll(c => (waits ? c.Start : c.Done) is var at && at >= from && at < to);
            yield return new
            {
                hub = _world.Hub.Code,
                queue = queue.Queue.Code,
                intervalStart = _world.Span.StartOf(interval).ToString(),
                minutes = _world.Span.Grid.Minutes,
                answered = answered.Count,
                answeredInTime = answered.Count(c => waits ? c.Start - c.Arrival <= threshold : c.Done <= c.Limit),
                abandoned = waits ? mine.Count(c => double.IsInfinity(c.Start) && c.Limit >= from && c.Limit < to) : (int?)null,
                waitSeconds = waits ? answered.Sum(c => c.Start - c.Arrival) : (double?)null,
            };
        }
    }

    /// <summary>What is open of work with a deadline at a moment, as <c>backlog:import</c> takes it: all ranges of ages, so that none of another day that was
    /// told of the same moment is left.</summary>
    public IEnumerable<object> Backlog(Instant at)
    {
        var now = (at - _world.Span.Start).TotalSeconds;
        foreach (var (q, queue) in _world.Queues.Index().Where(x => x.Item.Queue.Deferrable is not null))
        {
            var open = Day.Contacts.Where(c => c.Queue == q && c.IsOpen(now, givesUp: false)).Select(c => (now - c.Arrival) / 60).Order().ToList();
            for (var i = 0; i + 1 < Ages.Length; i++)
            {
                var mine = open.FindAll(age => age >= Ages[i] && age < Ages[i + 1]);
                yield return new
                {
                    hub = _world.Hub.Code,
                    queue = queue.Queue.Code,
                    at = at.ToString(),
                    youngestMinutes = Ages[i],
                    oldestMinutes = mine.Count == 0 ? Ages[i] : (int)mine[^1],
                    contacts = mine.Count,
                };
            }
        }
    }

    /// <summary>What somebody is doing at a moment, in the words that a telephone system uses.</summary>
    public string State(string agent, Instant at)
    {
        var now = (at - _world.Span.Start).TotalSeconds;
        var handles = _contacts[agent].Any(c => c.Start <= now && now < c.End);
        var planned = _shifts[agent].SelectMany(s => s.Activities).FirstOrDefault(a => a.Start <= at && at < a.End)?.Kind;
        return handles ? "handling"
            : planned is null or ActivityKinds.Leave or ActivityKinds.Gap ? "off"
            : planned != ActivityKinds.Work ? planned
            : _presences[agent].Any(p => p.Start <= now && now < p.End) ? "available" : ActivityKinds.Meeting;
    }

    /// <summary>Whether somebody is at work when the wave comes, or will be, and falls ill in it.</summary>
    public static bool IsHit(ReplayWorld world, RosterShift shift) =>
        world.WaveAt is { } wave && shift.End > wave && shift.Start < wave + Duration.FromHours(2) && world.FallsIll(shift.AgentId);

    /// <summary>A shift up to the wave, for whom it takes.</summary>
    private RosterShift? Worked(RosterShift shift)
    {
        if (!IsHit(_world, shift)) return shift;
        var wave = _world.WaveAt!.Value;
        return shift.Start >= wave ? null
            : new RosterShift(
                shift.AgentId, shift.Date, shift.Template, shift.Start, wave, Duration.Min(shift.Paid, wave - shift.Start),
                [
                    .. shift.Activities.Where(a => a.Start < wave).Select(a => a.End <= wave ? a : new ShiftActivity(a.Kind, a.Group, a.Start, wave)),
                ]);
    }

    private (double From, double To) Seconds(int interval) => (
        (_world.Span.StartOf(interval) - _world.Span.Start).TotalSeconds, (_world.Span.StartOf(interval + 1) - _world.Span.Start).TotalSeconds);
}
