using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Scheduling.Adherence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Adherence;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AdherenceFigureTests(StoreKind kind)
{
    private const int People = 5;
    private const string Plan = "09:00 work, 11:00 break, 11:15 work, 13:00 meal, 13:30 work, 15:00 training, 16:00 work, 17:00";

    private AdherenceBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await AdherenceBench.Start(kind, "adh", People);
        await _bench.Roster(
            [
                .. Enumerable.Range(0, 5).SelectMany(day => Enumerable.Range(1, People).Select(p => (day, _bench.Agent(p), Plan))),
                (5, _bench.Agent(1), "22:00 work, 30:00"), // Saturday night
            ]);
    }

    [SetUp]
    public Task Forget() => _bench.Forget();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    // The arithmetic is in PersonDayTests, of the same three days.
    [TestCase(PersonDayTests.Punctual, 1.0, 22_460 / 22_500.0, 6_600 / 22_460.0)]
    [TestCase(PersonDayTests.Late, 24_600 / 28_800.0, 23_460 / 22_500.0, 6_600 / 23_460.0)]
    [TestCase(PersonDayTests.Excepted, 22_800 / 27_000.0, 18_300 / 20_700.0, 7_200 / 18_300.0)] // the whole day known: half an hour more
    public async Task Person_OfADay_HasTheFiguresOfTheHandAndTheEvidence(string states, double adherence, double conformance, double occupancy)
    {
        if (states == PersonDayTests.Excepted)
        {
            (await _bench.Client.Post("/api/v1/adherence/claims", new
            {
                agent = _bench.Agent(1),
                localStart = $"{AdherenceBench.Day(0)}T09:30:00",
                localEnd = $"{AdherenceBench.Day(0)}T10:00:00",
                reason = "Laptop",
            })).Is(HttpStatusCode.Created);
        }

        await _bench.Client.Put("/api/v1/agent-state-mapping", Mapping(), "*");
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(1), 0, states + ", 17:00 off"));

        var answer = await _bench.Person(_bench.Agent(1), 0);

        var figures = answer["day"]!["figures"]!;
        Value(figures, "adherence").Should().BeApproximately(adherence, 0.001);
        Value(figures, "conformance").Should().BeApproximately(conformance, 0.001);
        Value(figures, "occupancy").Should().BeApproximately(occupancy, 0.001);
        ((string)figures["adherence"]!["formula"]!).Should().Contain("÷");
        var stretches = answer["stretches"]!.AsArray();
        stretches.Select(s => (string)s!["start"]!).Skip(1).Should().Equal(stretches.SkipLast(1).Select(s => (string)s!["end"]!));
        stretches.Where(s => new[] { "right", "tolerated", "excepted" }.Contains((string)s!["verdict"]!)).Sum(Seconds)
            .Should().Be((double)figures["adherence"]!["numeratorSeconds"]!);
    }

    [Test]
    public async Task Figures_RowsInAnyOrderBatchAndRepetition_AreTheSame([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, 2).SelectMany(day => Enumerable.Range(1, People).SelectMany(p => RandomDay(random, p, day)))];
        await _bench.Send(rows);
        var expected = await _bench.Told(People, days: 2);
        await _bench.Forget();

        string[] mixed = [.. rows.Concat(rows.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next())];
        foreach (var batch in mixed.Chunk(1 + random.Next(60)))
        {
            ((int)(await _bench.Send(batch))["rejectedRows"]!).Should().Be(0);
        }

        (await _bench.Told(People, days: 2)).Should().Be(expected);
        var again = await _bench.Send(rows);
        ((int)again["created"]!, (int)again["updated"]!, (int)again["unchanged"]!).Should().Be((0, 0, rows.Length));
    }

    [Test]
    public async Task Figures_LateRow_AreThoseOfTheWholeOnceItIsThere()
    {
        var rows = AdherenceBench.Rows(_bench.Agent(2), 0, "00:00 off, 09:00 available, 11:00 break, 11:15 available, 17:00 off").ToList();
        await _bench.Send(rows.Where((_, i) => i != 3));
        var before = (await _bench.Person(_bench.Agent(2), 0))["day"]!["figures"]!;
        Value(before, "conformance").Should().BeApproximately(7_200 / 22_500.0, 1e-9, "the break goes on until the next state");

        await _bench.Send([rows[3]]);

        var after = (await _bench.Person(_bench.Agent(2), 0))["day"]!["figures"]!;
        Value(after, "conformance").Should().BeApproximately((7_200 + 20_700) / 22_500.0, 1e-9); // 11:15–17:00, through meal and training
    }

    [Test]
    public async Task Feed_ThatStops_KeepsItsAsOfAndGuessesNothing()
    {
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(3), 0, "00:00 off, 09:00 available"), $"?asOf={Iso(0, "10:00")}");
        var at = await _bench.Person(_bench.Agent(3), 0);
        _bench.Clock.AdvanceHours(5);

        var later = await _bench.Person(_bench.Agent(3), 0);

        later.ToJsonString().Should().Be(at.ToJsonString());
        ((string)later["day"]!["asOf"]!).Should().Be(Iso(0, "10:00"));
        ((double)later["day"]!["figures"]!["adherence"]!["denominatorSeconds"]!).Should().Be(3_600);
        var now = (await _bench.Client.Get($"/api/v1/adherence/now?hub={_bench.Hub}&at={Iso(0, "12:00")}")).Is(HttpStatusCode.OK).Json;
        ((string)now["asOf"]!).Should().Be(Iso(0, "10:00"));
        var person = now["people"]!.AsArray().Single(p => (string)p!["agent"]! == _bench.Agent(3))!;
        ((string)person["state"]!, (string)person["since"]!).Should().Be(("available", Iso(0, "09:00")));
        ((string)person["planned"]!["code"]!, (double)person["adherence"]!["value"]!).Should().Be(("work", 1));
        var early = (await _bench.Client.Get($"/api/v1/adherence/now?hub={_bench.Hub}&at={Iso(0, "08:30")}")).Is(HttpStatusCode.OK).Json;
        ((string)early["people"]!.AsArray().Single(p => (string)p!["agent"]! == _bench.Agent(3))!["state"]!).Should().Be("off");
        _bench.Clock.AdvanceHours(-5);

        await _bench.Send([], $"?hub={_bench.Hub}&asOf={Iso(0, "11:00")}");
        ((double)(await _bench.Person(_bench.Agent(3), 0))["day"]!["figures"]!["adherence"]!["denominatorSeconds"]!).Should().Be(7_200, "nothing has changed");
        await _bench.Send([], $"?hub={_bench.Hub}&asOf={Iso(0, "09:30")}");
        ((string)(await _bench.Person(_bench.Agent(3), 0))["day"]!["asOf"]!).Should().Be(Iso(0, "11:00"), "it never goes back");
    }

    [Test]
    public async Task Shift_OverMidnight_BelongsToTheDayOnWhichItBegins()
    {
        _bench.Clock.Reset(AdherenceBench.At(7, "12:00"));
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(1), 5, "00:00 off, 22:00 available, 29:00 off, 36:00 off"));

        var saturday = (await _bench.Person(_bench.Agent(1), 5))["day"]!;
        var sunday = (await _bench.Person(_bench.Agent(1), 6))["day"]!;
        _bench.Clock.Reset(AdherenceBench.Now);

        ((string)saturday["to"]!, (string)sunday["from"]!).Should().Be((Iso(5, "30:00"), Iso(5, "30:00")));
        Value(saturday["figures"]!, "adherence").Should().BeApproximately(7 / 8.0, 1e-9);
        Value(saturday["figures"]!, "conformance").Should().BeApproximately(7 / 8.0, 1e-9);
        sunday["figures"]!["adherence"]!["value"].Should().BeNull();
    }

    [Test]
    public async Task HubDays_OfFewerThanFivePeople_AreKeptBack()
    {
        await _bench.Send(Enumerable.Range(1, People).SelectMany(p => AdherenceBench.Rows(_bench.Agent(p), 0, "00:00 off, 09:00 available, 13:00 off")));
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(1), 1, "09:00 available"), $"?asOf={Iso(1, "12:00")}");

        var days = (await _bench.Client.Get($"/api/v1/adherence/hub-days?hub={_bench.Hub}&from={AdherenceBench.Day(-1)}&to={AdherenceBench.Day(0)}"))
            .Is(HttpStatusCode.OK).Json["days"]!.AsArray();

        ((int)days[0]!["people"]!, days[0]!["figures"]).Should().Be((0, null));
        ((int)days[1]!["people"]!).Should().Be(People);
        // each: work 9–13 but for the break is right, and the meal, off; 13:30–17:00 is not: 15,300 of 28,800 s
        Value(days[1]!["figures"]!, "adherence").Should().BeApproximately(15_300 / 28_800.0, 1e-9);
        var list = (await _bench.Client.Get($"/api/v1/adherence/people?hub={_bench.Hub}&date={AdherenceBench.Day(0)}&limit=3")).Is(HttpStatusCode.OK).Json;
        list["items"]!.AsArray().Select(i => Value(i!["figures"]!, "adherence")).Should().AllSatisfy(v => v.Should().BeApproximately(15_300 / 28_800.0, 1e-9))
            .And.HaveCount(3);
        list["next"].Should().NotBeNull();
    }

    [Test]
    public async Task Settings_GreaterThreshold_CountForThePastToo()
    {
        await _bench.Send(AdherenceBench.Rows(_bench.Agent(4), 0, "00:00 off, 09:08 available, 11:00 break, 11:15 available"), $"?asOf={Iso(0, "12:00")}");
        Seconds(await _bench.Person(_bench.Agent(4), 0), "wrong").Should().Be(480);
        var path = $"/api/v1/adherence-settings/{_bench.Hub}";
        var settings = (await _bench.Client.Get(path)).Is(HttpStatusCode.OK);
        ((int)settings.Json["version"]!, (double)settings.Json["thresholds"]![0]!["minutes"]!).Should().Be((0, 5));

        var changed = (await _bench.Client.Put(path, new { thresholds = Array.Empty<object>(), shiftBorderMinutes = 10 }, settings.ETag)).Is(HttpStatusCode.OK);

        Seconds(await _bench.Person(_bench.Agent(4), 0), "wrong").Should().Be(0);
        (await _bench.Client.Put(path, new { }, settings.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await _bench.Client.Put(path, new { shiftBorderMinutes = 61 }, changed.ETag)).Is(HttpStatusCode.BadRequest);
        (await _bench.Client.Put(path, """{"thresholds":[{"kind":"break","minutes":5},{"kind":"break","minutes":6}]}""", changed.ETag))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/thresholds/1/kind");
        (await _bench.Client.Put(path, """{"thresholds":[null]}""", changed.ETag)).Is(HttpStatusCode.UnprocessableEntity);
        (await _bench.Client.Put(path, new { }, changed.ETag)).Is(HttpStatusCode.OK);
    }

    private static object Mapping() => new
    {
        states = DayCase.Meanings.Select(m => new { state = m.Key, use = m.Value.Use, kind = m.Value.Kind, group = m.Value.Group }),
    };

    private IEnumerable<string> RandomDay(Random random, int person, int day)
    {
        string[] names = ["available", "handling", "break", "meal", "training", "off", "nobody-knows"];
        return Enumerable.Range(0, 12).Select(_ => random.Next(7 * 60, 18 * 60)).Distinct()
            .SelectMany(m => AdherenceBench.Rows(_bench.Agent(person), day, $"{m / 60}:{m % 60} {names[random.Next(names.Length)]}"));
    }

    private static string Iso(int day, string time) => NodaTime.Text.InstantPattern.ExtendedIso.Format(AdherenceBench.At(day, time));

    private static double Value(JsonNode figures, string name) => (double)figures[name]!["value"]!;

    private static double Seconds(JsonNode? stretch) =>
        (DateTimeOffset.Parse((string)stretch!["end"]!) - DateTimeOffset.Parse((string)stretch["start"]!)).TotalSeconds;

    private static double Seconds(JsonNode detail, string verdict) =>
        detail["stretches"]!.AsArray().Where(s => (string)s!["verdict"]! == verdict).Sum(Seconds);
}
