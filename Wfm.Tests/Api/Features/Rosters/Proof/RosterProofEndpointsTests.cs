using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime.Text;
using Spectre.Console;
using Wfm.Api.Commands;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Proof;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterProofEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly object Brief = new { rounds = 3, trials = 2, replications = 10, maximumMoves = 20_000 };

    private const int TooFew = 6;

    private SmallOperation _operation = null!;
    private JsonNode _roster = null!;
    private JsonNode _proof = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "proof"); // of its own: what other tests publish changes nothing here
        await _operation.AddPeople(TooFew);
        await _operation.ImportHistory();
        await _operation.Forecast();
        await _operation.Requirement();
        _roster = await _operation.Roster(new { seed = 15 });
        _proof = await Prove(_roster, Brief);
    }

    [Test]
    public void Prove_Draft_TellsOfEveryQueueWhetherItHoldsOrWhatBinds()
    {
        var queues = _proof["queues"]!.AsArray();

        queues.Select(q => (string?)q!["queue"]).Should().BeEquivalentTo(_operation.Chat, _operation.Review);
        foreach (var queue in queues)
        {
            var (verdict, probability) = (queue!["verdict"]!, queue["probability"]!);
            ((bool)verdict["holds"]!).Should().Be((double)probability["mean"]! >= (double)_proof["level"]!);
            (verdict["binding"] is null).Should().Be((bool)verdict["holds"]!);
            if (verdict["binding"] is { } binding)
            {
                ((string?)binding["message"]).Should().NotBeNullOrEmpty();
                ((string?)binding["reason"]).Should().MatchRegex("^[a-z][A-Za-z]+$");
                InstantPattern.ExtendedIso.Parse((string)binding["from"]!).Value.Should()
                    .BeLessThan(InstantPattern.ExtendedIso.Parse((string)binding["to"]!).Value);
            }
        }

        ((int)_proof["holding"]!).Should().Be(queues.Count(q => (bool)q!["verdict"]!["holds"]!));
        _proof["rounds"]!.AsArray().Count.Should().BeInRange(1, 3);
        ((string?)_proof["originalId"]).Should().Be((string?)_roster["id"]);
    }

    [Test]
    public async Task Prove_TooFewPeople_TellsOfTheTicketsWhatWouldMakeThemHold()
    {
        var review = _proof["queues"]!.AsArray().Single(q => (string?)q!["queue"] == _operation.Review)!["verdict"]!;

        ((bool)review["holds"]!).Should().BeFalse("six people are too few");
        ((string?)review["remedy"]!["group"]).Should().Be("review");
        ((int)review["remedy"]!["people"]!).Should().BePositive();
        if ((bool)review["remedy"]!["holds"]!)
        {
            ((string?)review["wouldHold"]).Should().Contain("more for review");
        }

        ((double)review["promised"]!, (double)review["judged"]!).Should().Be((1, 0.999), "what stands for all is named");
        var check = (await Client.Get($"/api/v1/rosters/{_proof["rosterId"]}/service")).Is(HttpStatusCode.OK).Json;
        check["summary"]!["proof"]!["holding"]!.ToJsonString().Should()
            .Be(_proof["holding"]!.ToJsonString(), "the last word of the proof is the service check");
    }

    [Test]
    public async Task Prove_MendedDraft_IsANewDraftAndTheOldOneStays()
    {
        if (!(bool)_proof["changed"]!)
        {
            ((string?)_proof["rosterId"]).Should().Be((string?)_roster["id"]);
            return;
        }

        var (old, made) = ((await Client.Get($"/api/v1/rosters/{_roster["id"]}")).Json, (await Client.Get($"/api/v1/rosters/{_proof["rosterId"]}")).Json);
        ((string?)made["state"], (string?)old["state"]).Should().Be(("draft", "draft"));
        ((int)made["revision"]!).Should().BeGreaterThan((int)old["revision"]!);
        ((int)made["summary"]!["agents"]!).Should().Be((int)old["summary"]!["agents"]!);
        (await Client.Get($"/api/v1/rosters/{_roster["id"]}/proof")).Is(HttpStatusCode.NotFound).Text.Should().Contain("new draft");
    }

    [Test, Order(int.MaxValue)] // the last: the hub has more people afterwards
    public async Task AddPeople_NamedByTheProof_MakesTheGoalsHold()
    {
        var named = _proof["queues"]!.AsArray().Select(q => q!["verdict"]!["remedy"]).Where(r => r is not null && (bool)r["holds"]!).ToList();
        named.Should().NotBeEmpty("six people are too few, and somebody was found to be enough");
        var printed = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(printed) });

        (await AddPeopleCommand.Run(Server.Services, console, [_operation.Hub], 60, 3, CancellationToken.None)).Should().BeTrue();

        var people = (await Client.Get($"/api/v1/agents?hub={_operation.Hub}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        printed.ToString().Should().Contain(" goals hold, ");
        int[] added =
        [
            .. Regex.Matches(
                    printed.ToString().Split("Goals over")[0], @": (?<people>\d+) more for ", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .Select(m => int.Parse(m.Groups["people"].Value, CultureInfo.InvariantCulture)),
        ];
        foreach (var group in named.GroupBy(r => (string)r!["group"]!))
        {
            printed.ToString().Should().Contain($": {group.Max(r => (int)r!["people"]!)} more for {group.Key},", "of several goals of a group the most");
        }

        people.Count.Should().Be(TooFew + added.Sum());
    }

    [Test]
    public async Task Prove_NoRounds_OnlyJudgesTheRoster()
    {
        var judged = await Prove(_roster, new { rounds = 0, trials = 0, replications = 10, maximumMoves = 1_000 });

        ((bool)judged["changed"]!).Should().BeFalse();
        ((string?)judged["rosterId"]).Should().Be((string?)_roster["id"]);
        judged["rounds"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Get_NotProven_Is404SayingWhatToDo()
    {
        var roster = await _operation.Roster(new { seed = 16, maximumMoves = 0 });

        (await Client.Get($"/api/v1/rosters/{roster["id"]}/proof")).Is(HttpStatusCode.NotFound).Text.Should().Contain(":prove");
    }

    [TestCase("""{"rounds":51}""", "/rounds")]
    [TestCase("""{"rounds":-1}""", "/rounds")]
    [TestCase("""{"trials":21}""", "/trials")]
    [TestCase("""{"replications":1}""", "/replications")]
    [TestCase("""{"warmUpHours":169}""", "/warmUpHours")]
    [TestCase("""{"maximumContacts":1}""", "/maximumContacts")]
    [TestCase("""{"timeLimitSeconds":0}""", "/timeLimitSeconds")]
    [TestCase("""{"speed":2}""", "/speed")]
    public async Task Prove_UnusableValue_NamesTheField(string body, string field) =>
        (await Client.Post($"/api/v1/rosters/{_roster["id"]}:prove", body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Prove_WarmUpAsLongAsTheRoster_Is422()
    {
        var brief = await _operation.Roster(new { seed = 17, maximumMoves = 0, days = 7 });

        (await Client.Post($"/api/v1/rosters/{brief["id"]}:prove", """{"warmUpHours":168}""")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/warmUpHours");
    }

    [Test]
    public async Task Prove_UnknownRoster_Is404()
    {
        (await Client.Post($"/api/v1/rosters/{Guid.Empty}:prove", "{}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/rosters/{Guid.Empty}/proof")).Is(HttpStatusCode.NotFound);
    }

    private async Task<JsonNode> Prove(JsonNode roster, object request)
    {
        var job = await Client.Finish(await Client.Post($"/api/v1/rosters/{roster["id"]}:prove", request));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        return (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
    }
}
