using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Commands.Month;

/// <summary>A month at a hub through the API alone: people ask for leave, swap, fall ill, wish and learn over its published roster; what came of it.</summary>
internal sealed class HubMonth(Uri address, string key, string hub, MonthPlan plan, TextWriter output) : IDisposable
{
    private const string LeaveType = "holiday";
    private static readonly string[] Burdens = ["nights", "weekends", "holidays", "lateChanges", "refusedWishes"];
    private const double DaysApart = 4;
    private const int AttemptsEach = 30; // of swaps: most pairs are stopped by a rule
    private static readonly Duration Notice = Duration.FromHours(30);

    private readonly MonthClient _api = new(address, key);
    private readonly Random _random = new(plan.Seed);
    private readonly List<Guid> _rosters = [];
    private List<string> _people = [];
    private List<JsonNode> _shifts = [];
    private Instant _now;

    /// <returns>Hard rules that stand broken and are not waived; null where the hub has no published days ahead.</returns>
    /// <exception cref="InvalidOperationException">The server refuses what has to be taken.</exception>
    public async Task<int?> Run(Instant now, CancellationToken cancellationToken)
    {
        _now = now;
        if (plan.Publish)
        {
            await Publish(cancellationToken);
        }

        await Read(cancellationToken);
        if (_shifts.Count == 0)
        {
            await output.WriteLineAsync($"{hub}: no published shift begins later than in {Notice.TotalHours:0} hours.");
            return null;
        }

        await Tell("before", cancellationToken);
        await Leave(cancellationToken);
        await Swaps(cancellationToken);
        await Absences(cancellationToken);
        await Trainings(cancellationToken);
        await Wishes(cancellationToken);
        await OpenShift(cancellationToken);
        await Drill(cancellationToken);
        await Tell("after", cancellationToken);
        return await History(cancellationToken);
    }

    public void Dispose() => _api.Dispose();

    private async Task Publish(CancellationToken cancellationToken)
    {
        var drafts = await _api.List($"rosters?hub={hub}&state=draft", cancellationToken);
        if (drafts.MaxBy(d => (string)d["createdAt"]!, StringComparer.Ordinal) is not { } draft)
        {
            return;
        }

        var done = await _api.Try($"rosters/{draft["id"]}:publish", new { }, cancellationToken);
        await output.WriteLineAsync($"{hub}: the draft from {draft["start"]} over {draft["days"]} days is {(done is null ? "refused" : "published")}");
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        _people = (await _api.List($"agents?hub={hub}", cancellationToken)).ConvertAll(a => (string)a["code"]!);
        _rosters.Clear();
        _shifts = [];
        foreach (var roster in await _api.List($"rosters?hub={hub}&state=published", cancellationToken))
        {
            _rosters.Add((Guid)roster["id"]!);
            _shifts.AddRange((await _api.List($"rosters/{roster["id"]}/shifts", cancellationToken))
                .Where(s => (string?)s["state"] == "published" && At(s["start"]!) > _now + Notice));
        }

        _shifts = [.. _shifts.OrderBy(s => (string)s["start"]!, StringComparer.Ordinal).ThenBy(s => (string)s["agent"]!, StringComparer.Ordinal)];
    }

    private async Task Leave(CancellationToken cancellationToken)
    {
        await _api.Try(
            "leave-types",
            new
            {
                code = LeaveType,
                name = "Annual leave",
                treatment = "annual",
                needsApproval = true,
                balance = LeaveType,
                partDays = true,
                terms = new { },
            },
            cancellationToken); // there from the last time
        await _api.Try(
            "leave-allowances", new { code = $"{hub}-days", hub, measure = "heads", limit = Math.Max(2, _people.Count / 12) }, cancellationToken);
        var today = _now.InUtc().Date;
        var states = new Dictionary<string, int>();
        foreach (var person in Some(_people, plan.Requests))
        {
            var hours = 40 + (8 * _random.Next(15));
            await _api.Try(
                $"agents/{person}/balances/{LeaveType}/entries", new { kind = "opening", on = today.PlusDays(-1), hours, reason = "From the old system." },
                cancellationToken);
            var from = today.PlusDays(2 + _random.Next(40));
            var asked = await _api.Try(
                $"agents/{person}/time-off-requests", new { type = LeaveType, from, to = from.PlusDays(_random.Next(3)), note = "As agreed with the team." },
                cancellationToken);
            Count(states, asked is null ? "overlapping" : await Decide(asked, cancellationToken));
        }

        await output.WriteLineAsync($"{plan.Requests} requests for leave: {Words(states)}");
    }

    /// <summary>A manager decides about most of what the rules let through; a few are left to be looked at.</summary>
    private async Task<string> Decide(JsonNode asked, CancellationToken cancellationToken)
    {
        var state = (string)asked["state"]!;
        if (state != "pending" || _random.Next(8) == 0)
        {
            return state;
        }

        var isGranted = _random.Next(6) > 0;
        var path = $"time-off-requests/{asked["id"]}:{(isGranted ? "approve" : "refuse")}";
        var decided = await _api.Try(path, new { reason = isGranted ? null : "The launch is that week." }, cancellationToken);
        return (string?)decided?["state"] ?? state;
    }

    private async Task Swaps(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        var (states, done) = (new Dictionary<string, int>(), 0);
        for (var attempt = 0; done < plan.Swaps && attempt < plan.Swaps * AttemptsEach && _shifts.Count > 1; attempt++)
        {
            var one = Any(_shifts);
            var others = _shifts.FindAll(s => CanReplace(one, s));
            if (others.Count == 0)
            {
                continue;
            }

            var other = Any(others);
            object ask = attempt % 4 > 0 // hours of the week stay as they are by an exchange
                ? new { agent = one["agent"], kind = "exchange", date = one["date"], other = other["agent"], otherDate = other["date"], accepted = true }
                : new { agent = one["agent"], kind = "giveAway", date = one["date"], other = other["agent"], accepted = true, reason = "A wedding." };
            if (await _api.Try("swaps", ask, cancellationToken) is not { } swap)
            {
                continue;
            }

            if ((string?)swap["state"] == "accepted")
            {
                swap = await _api.Try($"swaps/{swap["id"]}:approve", new { reason = "Fine." }, cancellationToken, (string?)swap["etag"]) ?? swap;
            }

            done++;
            Count(states, (string)swap["state"]!);
        }

        await output.WriteLineAsync($"{done} swaps: {Words(states)}");
    }

    /// <summary>A shift of somebody else on the same work within a few days.</summary>
    private static bool CanReplace(JsonNode one, JsonNode other) =>
        (string?)one["agent"] != (string?)other["agent"] && Group(one) == Group(other)
        && Math.Abs((At(one["start"]!) - At(other["start"]!)).TotalDays) < DaysApart;

    private static string? Group(JsonNode shift) => shift["activities"]!.AsArray().Select(a => (string?)a!["group"]).FirstOrDefault(g => g is not null);

    private async Task Absences(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        var done = 0;
        foreach (var shift in Some(_shifts, plan.Absences))
        {
            var leave = new { type = "sick", start = shift["start"], end = shift["end"] };
            done += await _api.Try($"agents/{shift["agent"]}/time-off", leave, cancellationToken) is null ? 0 : 1;
        }

        await output.WriteLineAsync($"{done} absences, each an edit of the roster and a repair in a job");
    }

    private async Task Trainings(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        var (first, last) = ((string)_shifts[0]["date"]!, (string)_shifts[^1]["date"]!);
        for (var i = 0; i < plan.Trainings; i++)
        {
            await _api.Post(
                "activities",
                new
                {
                    code = "training",
                    title = $"Policy update {i + 1}",
                    minutes = 60,
                    hub,
                    agents = Some([.. _shifts.Select(s => (string)s["agent"]!).Distinct(StringComparer.Ordinal)], 8),
                    grouping = "groups",
                    groupSize = 4,
                    quorum = 2,
                    from = first,
                    to = last,
                },
                cancellationToken);
        }

        var placed = 0;
        foreach (var roster in _rosters)
        {
            var answer = await _api.Try($"rosters/{roster}/activities:place", new { reason = "Trainings of the month" }, cancellationToken, "*");
            placed += (int?)answer?["placed"] ?? 0;
        }

        await output.WriteLineAsync($"{plan.Trainings} trainings: {placed} people have a session");
    }

    private async Task Wishes(CancellationToken cancellationToken)
    {
        var wished = 0;
        foreach (var person in Some(_people, 3))
        {
            var made = await _api.Post("api-keys", new { name = $"phone of {person}", role = "agent", agent = person }, cancellationToken);
            using var own = new MonthClient(address, (string)made["key"]!);
            var date = _now.InUtc().Date.PlusDays(45 + _random.Next(14));
            wished += await own.Try("me/dated-wishes", new { date, wanted = false }, cancellationToken) is null ? 0 : 1;
            await own.Try(
                "me/availability",
                new { from = date, to = date.PlusDays(6), times = new[] { new { from = "06:00:00", to = "20:00:00" } }, reason = "Evening classes." },
                cancellationToken);
        }

        await output.WriteLineAsync($"{wished} people wished for a day off and said when they can work");
    }

    private async Task OpenShift(CancellationToken cancellationToken)
    {
        var shift = _shifts[_shifts.Count / 2];
        var asked = new { hub, date = shift["date"], group = Group(shift), template = shift["template"], places = 1 };
        var open = await _api.Try("open-shifts", asked, cancellationToken);
        await output.WriteLineAsync(open is null ? "no open shift: the template does not fit the day" : $"an open shift on {shift["date"]} waits for somebody");
    }

    /// <summary>A crisis is declared and ended again, with a waiver that nobody comes to use.</summary>
    private async Task Drill(CancellationToken cancellationToken)
    {
        var today = _now.InUtc().Date;
        var crisis = await _api.Post(
            "crises", new { name = "Drill: an attack streamed live", kind = "violent-attack", severity = "S4", hubs = new[] { hub } }, cancellationToken);
        var rule = await OwnRule(today, cancellationToken);
        var waiver = rule is null ? null : await _api.Try(
            "waivers",
            new
            {
                crisis = crisis["id"],
                hub,
                rule,
                maximumAmount = 1,
                agents = Some(_people, 2),
                from = today,
                to = today.PlusDays(13),
                expiresAt = _now + Duration.FromDays(7),
                approvedBy = "Head of operations",
                reason = "A little further than usual, if both agree.",
                restHours = 24,
                restBy = today.PlusDays(28),
            },
            cancellationToken);
        await _api.Post($"crises/{crisis["id"]}:end", new { reason = "The drill is over." }, cancellationToken, "*");
        await output.WriteLineAsync($"a drill of a crisis, {(waiver is null ? "without a waiver: no rule is the organisation's own" : "with a waiver")}");
    }

    /// <summary>A rule of the hub's policy that the organisation has set itself; null for none.</summary>
    private async Task<string?> OwnRule(LocalDate today, CancellationToken cancellationToken)
    {
        var policy = (string?)(await _api.Get($"hubs/{hub}", cancellationToken))["labourPolicy"];
        return policy is null ? null
            : (string?)(await _api.Get($"labour-policies/{policy}?on={LocalDatePattern.Iso.Format(today)}", cancellationToken))["rules"]!.AsArray()
                .LastOrDefault(r => (string?)r!["authority"] == "organisation")?["kind"];
    }

    private async Task Tell(string when, CancellationToken cancellationToken)
    {
        var (required, met) = (0.0, 0.0);
        foreach (var roster in _rosters)
        {
            foreach (var group in (await _api.Get($"rosters/{roster}/coverage", cancellationToken)).AsArray())
            {
                var pairs = group!["required"]!.AsArray().Zip(group["scheduled"]!.AsArray(), (r, s) => (Required: (double)r!, Scheduled: (double)s!)).ToList();
                required += pairs.Sum(p => p.Required);
                met += pairs.Sum(p => Math.Min(p.Required, p.Scheduled));
            }
        }

        var fairness = await _api.Get($"fairness?hub={hub}&asOf={LocalDatePattern.Iso.Format(LastDay().PlusDays(1))}", cancellationToken);
        var spreads = Burdens.Select(b => $"{b} {Deviation(fairness, b):0.00}");
        await output.WriteLineAsync(
            $"{when}: {met / required:0.0%} of the heads required are there; spread inside groups of equals: {string.Join(", ", spreads)}");
    }

    /// <summary>Standard deviation of a burden inside groups of equals, each weighed by its people.</summary>
    private static double Deviation(JsonNode fairness, string burden)
    {
        var groups = fairness["groups"]!.AsArray().Select(g => (People: (int)g!["people"]!, Deviation: (double)g["before"]![burden]!["deviation"]!)).ToList();
        var people = groups.Sum(g => g.People);
        return people == 0 ? 0 : Math.Sqrt(groups.Sum(g => g.People * g.Deviation * g.Deviation) / people);
    }

    private async Task<int> History(CancellationToken cancellationToken)
    {
        var (causes, broken) = (new Dictionary<string, int>(), 0);
        foreach (var roster in _rosters)
        {
            foreach (var edit in await _api.List($"rosters/{roster}/edits", cancellationToken))
            {
                Count(causes, (string)edit["cause"]!);
                broken += edit["broken"]!.AsArray().Count(b => b!["waiver"] is null);
            }
        }

        await output.WriteLineAsync($"history: {Words(causes)}; hard rules broken by them: {broken}");
        return broken;
    }

    private LocalDate LastDay() => LocalDatePattern.Iso.Parse((string)_shifts[^1]["date"]!).Value;

    private T Any<T>(List<T> all) => all[_random.Next(all.Count)];

    /// <summary>As many as asked for; again from the first where there are fewer.</summary>
    private List<T> Some<T>(List<T> all, int count)
    {
        var shuffled = all.ToArray();
        _random.Shuffle(shuffled);
        return [.. Enumerable.Range(0, shuffled.Length == 0 ? 0 : count).Select(i => shuffled[i % shuffled.Length])];
    }

    private static void Count(Dictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static string Words(Dictionary<string, int> counts) => counts.Count == 0 ? "none"
        : string.Join(", ", counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value} {c.Key}"));

    private static Instant At(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;
}
