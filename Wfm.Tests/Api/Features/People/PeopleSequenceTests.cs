using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People;

/// <summary>
/// Over HTTP: random sequences of edits, leave, swaps, open shifts, undo and re-plans of one hub. After each, by the rows of the store alone, the auditor finds
/// no rule broken that the solver's roster kept, nobody works on leave, and the roster as it was published with its history replayed is the one in force.
/// <c>WFM_PROPERTY_SEQUENCES=10000</c> runs more, <c>WFM_PROPERTY_SEED</c> begins elsewhere.
/// </summary>
public sealed class PeopleSequenceTests
{
    private const int Sequences = 25;
    private const int Steps = 6;
    private const int Asked = 10; // of swaps most are stopped by a rule, or by requests of the week
    private const int People = 6;
    private const int Days = 14;

    private readonly Dictionary<string, int> _done = []; // what was tried, and what of it was done
    private SwapBench _bench = null!;
    private string[] _people = [];
    private Guid _roster;
    private Dictionary<(string Agent, string Date), string> _published = [];
    private HashSet<(string? Agent, string Rule)> _known = [];

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await SwapBench.Start(StoreKind.Sqlite, "seq");
        var operation = _bench.Operation;
        _people = await _bench.People(People);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = Days + 1 });
        await operation.Requirement(new { paths = 20 });
        await Plan(1);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Sequences_Random_BreakNoRuleWorkNoLeaveAndReplay()
    {
        var (count, first) = (Setting("WFM_PROPERTY_SEQUENCES", Sequences), Setting("WFM_PROPERTY_SEED", 1));
        for (var seed = first; seed < first + count; seed++)
        {
            var random = new Random(seed);
            for (var i = 0; i < Steps; i++)
            {
                await Step(random, seed);
            }

            await Check(seed);
        }

        await TestContext.Out.WriteLineAsync(string.Join(", ", _done.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}")));
        _done.Keys.Should().Contain(["edit", "undo", "leave", "leave back", "swap", "open shift"], "of random steps every kind is done once");
    }

    private async Task Step(Random random, int seed)
    {
        switch (random.Next(40))
        {
            case < 16:
                await Edit(random);
                break;
            case < 20:
                await Undo(random);
                break;
            case < 25:
                await Leave(random);
                break;
            case < 30:
                await LeaveBack(random);
                break;
            case < 35:
                await Swap(random);
                break;
            case < 39:
                await OpenShift(random);
                break;
            default:
                await Plan(seed);
                break;
        }
    }

    private async Task Edit(Random random)
    {
        var shifts = await Shifts();
        if (shifts.Count == 0) return;
        var shift = shifts[random.Next(shifts.Count)];
        var (agent, date) = ((string)shift["agent"]!, (string)shift["date"]!);
        var (start, end) = (Text(shift["start"]!, random), Text(shift["end"]!, random));
        object operation = random.Next(6) switch
        {
            0 => new { kind = "remove", agent, date },
            1 => new { kind = "move", agent, date, start },
            2 => new { kind = "resize", agent, date, start },
            3 => new { kind = "resize", agent, date, end },
            4 => new { kind = "swap", agent, date, other = Any(random), otherDate = Date(random) },
            _ => new { kind = "assign", agent = Any(random), date = Date(random), shift = Early() },
        };
        var body = new { reason = "As it happens.", operations = new[] { operation } };
        Count("edit", await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{_roster}/edits", body, "*"));
    }

    private async Task Undo(Random random)
    {
        var edits = await Edits();
        if (edits.Count == 0) return;
        var number = edits[random.Next(edits.Count)]["number"];
        Count("undo", await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{_roster}/edits/{number}:undo", new { }, "*"));
    }

    private async Task Leave(Random random)
    {
        var (agent, date) = (Any(random), Date(random));
        // Paid leave counts as hours of the contract, which being a fact it may exceed.
        object times = random.Next(2) == 0 ? new { type = "unpaid", localStart = $"{date}T00:00", localEnd = $"{date}T23:59" }
            : new { type = "unpaid", localStart = $"{date}T{random.Next(7, 13):00}:00", localEnd = $"{date}T{random.Next(13, 21):00}:30" };
        Count("leave", await Client.Post($"/api/v1/agents/{agent}/time-off", times));
    }

    private async Task LeaveBack(Random random)
    {
        var agent = Any(random);
        var entries = (await Client.Get($"/api/v1/agents/{agent}/time-off?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        if (entries.Count == 0) return;
        Count("leave back", await Client.Delete($"/api/v1/agents/{agent}/time-off/{entries[random.Next(entries.Count)]!["id"]}"));
    }

    private async Task Swap(Random random)
    {
        var shifts = await Shifts();
        for (var attempt = 0; shifts.Count > 0 && attempt < Asked; attempt++)
        {
            var shift = shifts[random.Next(shifts.Count)];
            var (agent, other) = ((string)shift["agent"]!, Any(random));
            object asked = random.Next(2) == 0 ? new { kind = "giveAway", date = (string?)shift["date"], other }
                : new { kind = "exchange", date = (string?)shift["date"], other, otherDate = Date(random) };
            var answer = await _bench.Ask(agent, asked);
            if (answer.Status != HttpStatusCode.Created || (await _bench.Offers(other)).FirstOrDefault() is not { } offer) continue;
            Count("swap", await _bench.Accept(other, offer));
            return;
        }
    }

    private async Task OpenShift(Random random)
    {
        var hub = _bench.Operation.Hub;
        var open = await Client.Post("/api/v1/open-shifts", new { hub, date = Date(random), group = "live", template = $"{hub}-early", places = 1 });
        if (open.Status != HttpStatusCode.Created) return;
        foreach (var code in _people)
        {
            var taken = await (await _bench.As(code)).Post($"/api/v1/me/open-shifts/{open.Json["id"]}:take", new { });
            Count("open shift", taken);
            if (taken.Status == HttpStatusCode.OK) return;
        }
    }

    /// <summary>A new roster of all days, published over what is in force, or refused; from a published one on the history counts.</summary>
    private async Task Plan(int seed)
    {
        var made = await _bench.Operation.Roster(new { days = Days, maximumMoves = 1_000, seed, replan = true });
        var answer = await Client.Post($"/api/v1/rosters/{made["id"]}:publish", new { });
        answer.Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
        if (answer.Status != HttpStatusCode.OK) return;
        Count("plan", answer);
        _roster = Guid.Parse((string)made["id"]!);
        _published = (await Shifts()).ToDictionary(Key, Words);
        _known = [.. (await Audit()).Select(f => (f.Agent, f.Rule))];
    }

    private async Task Check(int seed)
    {
        var shifts = await Shifts();
        var replayed = new Dictionary<(string Agent, string Date), string>(_published);
        foreach (var day in (await Edits()).OrderBy(e => (int)e["number"]!).SelectMany(e => e["days"]!.AsArray()))
        {
            var key = ((string)day!["agent"]!, (string)day["date"]!);
            Of(day["before"]).Should().Be(replayed.GetValueOrDefault(key), "sequence {0}, {1}", seed, key);
            replayed.Remove(key);
            if (Of(day["after"]) is { } after) replayed[key] = after;
        }

        shifts.ToDictionary(Key, Words).Should().BeEquivalentTo(replayed, "sequence {0}", seed);
        foreach (var agent in _people)
        {
            var leave = (await Client.Get($"/api/v1/agents/{agent}/time-off?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
            var worked = (await Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray().Where(s => (string)s!["state"]! != "draft")
                .SelectMany(s => s!["activities"]!.AsArray()).Where(a => (string?)a!["kind"] != "leave");
            worked.Where(a => leave.Any(l => At(l!["start"]!) < At(a!["end"]!) && At(a["start"]!) < At(l["end"]!))).Should().BeEmpty("sequence {0}", seed);
        }

        (await Audit()).Where(f => !_known.Contains((f.Agent, f.Rule))).Should().BeEmpty("sequence {0}", seed);
    }

    /// <summary>Rules that the auditor finds broken for certain, but for the shape and pay that templates give: an edit may give another.</summary>
    private async Task<List<AuditFinding>> Audit()
    {
        var found = new List<AuditFinding>();
        await _bench.WithDb(async db =>
        {
            var stored = await RosterAuditorReader.ReadWithSurroundings(db, _roster);
            found = RosterAuditor.AuditWidely(stored.Audited);
        });
        return found.FindAll(f => f.IsCertain && f.Rule != "paid time" && !f.Rule.StartsWith("template: ", StringComparison.Ordinal));
    }

    private async Task<List<JsonNode>> Shifts() =>
        [.. (await Client.Get($"/api/v1/rosters/{_roster}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(s => s!)];

    private async Task<List<JsonNode>> Edits() =>
        [.. (await Client.Get($"/api/v1/rosters/{_roster}/edits?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(e => e!)];

    private void Count(string what, ApiAnswer answer)
    {
        ((int)answer.Status).Should().BeLessThan(500, answer.Text);
        if ((int)answer.Status < 300) _done[what] = _done.GetValueOrDefault(what) + 1;
    }

    private object Early() => new { template = $"{_bench.Operation.Hub}-early", start = "08:30:00" };

    private string Any(Random random) => _people[random.Next(_people.Length)];

    private static string Date(Random random) => SwapBench.Day(random.Next(1, Days));

    private static (string Agent, string Date) Key(JsonNode shift) => ((string)shift["agent"]!, (string)shift["date"]!);

    private static string Words(JsonNode shift) => $"{shift["template"]} {shift["start"]} {shift["end"]} {shift["activities"]!.AsArray().Count}";

    private static string? Of(JsonNode? shift) => shift is null ? null : Words(shift);

    private static string Text(JsonNode instant, Random random) =>
        InstantPattern.ExtendedIso.Format(At(instant) + Duration.FromMinutes(30 * random.Next(-6, 7)));

    private static Instant At(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
