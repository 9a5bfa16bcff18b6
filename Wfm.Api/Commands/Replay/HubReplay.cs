using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Commands.Month;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Commands.Replay;

/// <summary>Tells a server the day of a world through its API alone, as telephone, ticket and personnel systems would: what came, what was answered, what is
/// open, what people do, who is away.</summary>
/// <remarks>The day is played with the roster in force at each step, so that edits have the effect they would have. What is told up to a moment is the same in
/// whatever steps it is told.</remarks>
/// <param name="isLive">Whether states of people are told and a crisis declared: that is for who looks at it, not for what becomes of the day.</param>
internal sealed class HubReplay(MonthClient api, ReplayWorld world, bool isLive, TextWriter output)
{
    private static readonly Duration StateEvery = Duration.FromMinutes(5);
    private const int RowsAtOnce = 5000;

    private readonly Duration _snapshotEvery = Duration.FromMinutes(isLive ? 15 : 60);
    private readonly Dictionary<string, string> _states = [];
    private readonly HashSet<(string Agent, LocalDate Date)> _away = [];
    private IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>>? _skills;
    private Instant _told = world.Span.Start;

    /// <summary>Leave that was told, to be taken back: agent and id.</summary>
    public List<(string Agent, string Id)> Leave { get; } = [];

    /// <summary>Tells all that is known by a moment and was not told yet.</summary>
    /// <param name="until">Not before the moment told last.</param>
    /// <exception cref="InvalidOperationException">The server refuses what has to be taken.</exception>
    public async Task Advance(Instant until, CancellationToken cancellationToken)
    {
        var known = Instant.Min(until, world.Span.End);
        if (known <= _told) return;
        await Absences(await Roster(cancellationToken), known, cancellationToken);
        var play = new ReplayPlay(world, await Roster(cancellationToken));
        await Intervals(play, known, cancellationToken);
        if (isLive)
        {
            await States(play, known, cancellationToken);
            await Crisis(known, cancellationToken);
        }

        _told = known;
    }

    /// <summary>The day with the roster as it stands.</summary>
    public async Task<ReplayPlay> Play(CancellationToken cancellationToken) => new(world, await Roster(cancellationToken));

    private async Task<ReplayRoster> Roster(CancellationToken cancellationToken)
    {
        _skills ??= await ReplayRoster.ReadSkills(api, world.Hub.Code, cancellationToken);
        return await ReplayRoster.Read(api, world.Hub.Code, world.Date, _skills, cancellationToken);
    }

    /// <summary>Who does not turn up is known when the shift begins; who leaves in the wave, when it comes.</summary>
    private async Task Absences(ReplayRoster roster, Instant known, CancellationToken cancellationToken)
    {
        var missed = roster.Shifts.Where(s => s.Date == world.Date && s.Start <= known && world.Misses(s.AgentId, s.Date)).Select(s => (Shift: s, s.Start));
        var hit = world.WaveAt is { } wave && wave <= known
            ? roster.Shifts.Where(s => ReplayPlay.IsHit(world, s)).Select(s => (Shift: s, Start: Instant.Max(wave, s.Start))) : [];
        var news = missed.Concat(hit).DistinctBy(n => (n.Shift.AgentId, n.Shift.Date)).Where(n => _away.Add((n.Shift.AgentId, n.Shift.Date))).ToList();
        if (news.Count == 0) return;
        var rows = news.ConvertAll(n => new
        {
            agent = n.Shift.AgentId,
            type = "sick",
            from = n.Start.ToString(),
            to = n.Shift.End.ToString(),
            overdraw = true,
        });
        var report = await api.Post("time-off:import", rows, cancellationToken);
        Leave.AddRange(report["results"]!.AsArray().Where(r => (string?)r!["outcome"] == "created").Select(r => ((string)r!["key"]!, (string)r["id"]!)));

        await output.WriteLineAsync($"{Local(known)} {news.Count} people are ill: {string.Join(", ", news.Select(n => n.Shift.AgentId))}");
    }

    private async Task Intervals(ReplayPlay play, Instant known, CancellationToken cancellationToken)
    {
        var ended = Enumerable.Range(0, world.Span.Count).Where(i => world.Span.StartOf(i + 1) is var end && end > _told && end <= known).ToList();
        if (ended.Count > 0)
        {
            await api.Import(
                "volumes:import", "text/csv",
                "interval_start,queue,hub,offered,handled,handle_time_seconds\n" + string.Join('\n', ended.SelectMany(play.Volumes)) + "\n", cancellationToken);
            await Rows("served:import", ended.SelectMany(play.Served), cancellationToken);
        }

        await Rows("backlog:import", Marks(_snapshotEvery, known).SelectMany(play.Backlog), cancellationToken);
    }

    private async Task States(ReplayPlay play, Instant known, CancellationToken cancellationToken)
    {
        var rows = new List<object>();
        foreach (var at in Marks(StateEvery, known))
        {
            foreach (var agent in play.Agents)
            {
                var state = play.State(agent, at);
                if (_states.GetValueOrDefault(agent, "off") == state) continue;
                _states[agent] = state;
                rows.Add(new { agent, state, start = at.ToString() });
            }
        }

        await Rows($"agent-states:import?hub={world.Hub.Code}&asOf={InstantPattern.General.Format(known)}", rows, cancellationToken, even: true);
    }

    private async Task Crisis(Instant known, CancellationToken cancellationToken)
    {
        if (world.CrisisAt is not { } begins || begins <= _told || begins > known) return;
        await api.Post(
            "crises",
            new
            {
                name = "Attack streamed live",
                kind = "violent-attack",
                severity = "S4",
                hubs = new[] { world.Hub.Code },
                from = begins.ToString(),
                description = "Reports of the stream come in, several times the usual volume.",
            },
            cancellationToken);
        await output.WriteLineAsync($"{Local(known)} a crisis is declared");
    }

    /// <summary>Moments every so often since the one told last.</summary>
    private IEnumerable<Instant> Marks(Duration every, Instant known)
    {
        var first = (long)Math.Floor((_told - world.Span.Start) / every) + 1;
        for (var at = world.Span.Start + (every * first); at <= known; at += every) yield return at;
    }

    private async Task Rows(string path, IEnumerable<object> rows, CancellationToken cancellationToken, bool even = false)
    {
        var sent = false;
        foreach (var part in rows.Chunk(RowsAtOnce))
        {
            Check(path, await api.Post(path, part, cancellationToken));
            sent = true;
        }

        if (even && !sent) Check(path, await api.Post(path, Array.Empty<object>(), cancellationToken)); // that nothing has changed is news
    }

    private static void Check(string path, JsonNode report)
    {
        if ((int?)report["rejectedRows"] is > 0) throw new InvalidOperationException($"{path} refuses rows of the day: {report.ToJsonString()[..500]}");
    }

    private string Local(Instant at) => at.InZone(world.Hub.Zone).ToString("HH:mm", null);
}
