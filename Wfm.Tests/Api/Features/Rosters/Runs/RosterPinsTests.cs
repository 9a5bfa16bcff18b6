using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterPinsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;

    private string Agent => _planned.Operation.Agent(1);

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public async Task Create_PinnedShiftsAndDayOff_AreInTheRosterAsTheyWereGiven()
    {
        var roster = await _planned.Operation.Roster(new
        {
            pins = new object[]
            {
                new { agent = Agent, date = "2025-07-29", shift = new { template = "planned-early", start = "08:30:00", group = "review" } },
                new { agent = Agent, date = "2025-07-30", shift = (object?)null },
                new
                {
                    agent = Agent,
                    date = "2025-07-31",
                    shift = new
                    {
                        template = "planned-late",
                        activities = new object[]
                        {
                            new { kind = "training", group = (string?)null, start = "2025-07-31T08:00:00Z", end = "2025-07-31T10:00:00Z" },
                            new { kind = "meal", group = (string?)null, start = "2025-07-31T10:00:00Z", end = "2025-07-31T10:30:00Z" },
                            new { kind = "work", group = (string?)"live", start = "2025-07-31T10:30:00Z", end = "2025-07-31T15:00:00Z" },
                        },
                    },
                },
            },
        });

        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?agent={Agent}&from=2025-07-29&to=2025-07-31")).Json["items"]!.AsArray();
        shifts.Select(s => $"{s!["date"]} {s["template"]} {s["localStart"]} {s["paidMinutes"]}").Should().Equal(
            "2025-07-29 planned-early 2025-07-29T08:30:00+01:00 450", "2025-07-31 planned-late 2025-07-31T09:00:00+01:00 390");
        shifts[0]!["activities"]!.AsArray().Select(a => $"{a!["kind"]} {a["group"]} {((string)a["start"]!)[11..16]}").Should().Equal(
            "work review 07:30", "break  09:00", "work review 09:15", "meal  10:45", "work review 11:15", "break  13:15", "work review 13:30");
        shifts[1]!["activities"]!.AsArray().Select(a => (string?)a!["kind"]).Should().Equal("training", "meal", "work");
    }

    [TestCase("""{"agent":"planned-99","date":"2025-07-29","shift":null}""", "/pins/0/agent", "planned-99")]
    [TestCase("""{"agent":"planned-01","date":"2025-09-29","shift":null}""", "/pins/0/date", "2025-09-29")]
    [TestCase("""{"agent":"planned-01","date":"2025-07-29","shift":{"template":"moonlight","start":"08:00:00"}}""", "/pins/0/shift/template", "moonlight")]
    [TestCase("""{"agent":"planned-01","date":"2025-07-29","shift":{"template":"planned-early","start":"07:00:00"}}""", "/pins/0/shift/start", "planned-early")]
    [TestCase(
        """{"agent":"planned-01","date":"2025-07-29","shift":{"template":"planned-early","start":"08:00:00","group":"opera"}}""", "/pins/0/shift/group", "opera"
    )]
    [TestCase("""{"agent":"planned-01","date":"2025-07-29","shift":{"template":"planned-early"}}""", "/pins/0/shift/start", "one of them")]
    [TestCase(
        """
        {"agent":"planned-01","date":"2025-07-29",
         "shift":{"template":"planned-early","activities":[{"kind":"work","group":"live","start":"2025-07-28T08:00:00Z","end":"2025-07-28T16:00:00Z"}]}}
        """,
        "/pins/0/shift/activities/0/start", "2025-07-28")]
    public async Task Create_PinThatCannotBe_Is422NamingIt(string pin, string field, string word) =>
        (await Client.Post("/api/v1/rosters", $$"""{"hub":"planned","start":"2025-07-28","days":14,"pins":[{{pin}}]}"""))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorOf(field).Should().Contain(word);

    [Test]
    public async Task Create_PinWithoutShift_Is400BecauseADayOffIsSaid() =>
        (await Client.Post("/api/v1/rosters", """{"hub":"planned","pins":[{"agent":"planned-01","date":"2025-07-29"}]}""")).Is(HttpStatusCode.BadRequest)
            .ErrorFields.Should().Equal("/pins/0/shift");

    [Test]
    public async Task Create_SeveralWrongPins_NamesAllAtOnce() => (
            await Client.Post(
                "/api/v1/rosters", """
                {"hub":"planned","start":"2025-07-28","days":14,
                 "pins":[{"agent":"planned-01","date":"2025-07-29","shift":null},{"agent":"planned-01","date":"2025-07-29","shift":null},
                 {"agent":"x","date":"2025-07-29","shift":{"template":"y","start":"08:00:00"}}]}
                """)
        ).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo("/pins/1/date", "/pins/2/agent", "/pins/2/shift/template");

    [Test]
    public async Task Create_PinThatBreaksARule_StaysAndIsReported()
    {
        object Pin(string date, string template, string start) => new { agent = Agent, date, shift = new { template, start } };
        var pins = Enumerable.Range(28, 4).Select(d => Pin($"2025-07-{d}", "planned-early", "08:00:00"))
            .Concat(Enumerable.Range(1, 4).Select(d => Pin($"2025-08-0{d}", "planned-early", "08:00:00")));

        var roster = await _planned.Operation.Roster(new { pins });

        var violations = (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Json.AsArray();
        violations.Should().Contain(v => (bool)v!["hard"]! && (string?)v["agent"] == Agent, "eight days in a row are two too many");
        ((JsonArray)(await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?agent={Agent}&to=2025-08-04")).Json["items"]!).Should().HaveCount(8);
    }
}
