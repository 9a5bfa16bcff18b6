using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Requirements;

/// <summary>What a queue says of its own hours, backlog and promise, seen in what it requires.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class QueueHoursTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Monday = new(2025, 6, 2);
    private static readonly LocalDate Closed = new(2025, 7, 2); // a Wednesday of the week forecast

    [Test]
    public async Task Requirement_QueueWithHoursAndClosures_KeepsMinimumHeadsWhileItIsOpen()
    {
        var hub = await LocalOperation.Create(Client, "own-hours", "Europe/Dublin", []);
        await hub.AddQueue(hub.Chat() with
        {
            MinimumHeads = 2,
            OpeningHours = LocalOperation.Daily(new LocalTime(9, 0), new LocalTime(17, 0), IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday),
            Closures = [new Closure(Closed, Closed, "inventory")],
        });
        await hub.AddQueue(hub.Chat("always") with { MinimumHeads = 1 });
        await hub.Import($"{hub.Hub}-chat", 30, Monday, 28, t => (int)t.DayOfWeek <= 3 && t.Hour is >= 9 and < 17 ? 3 : null);
        await hub.Import($"{hub.Hub}-always", 30, Monday, 28, _ => 1);

        await hub.Forecast();
        var requirement = await hub.Requirement();

        var own = await hub.Intervals($"requirements/{requirement["id"]}/intervals", $"{hub.Hub}-chat");
        own.Where(i => !IsOpen(i.Local)).Should().OnlyContain(i => Heads(i.Item) == 0);
        own.Count(i => Heads(i.Item) > 0).Should().Be(2 * 16, "Monday and Tuesday; Wednesday is closed");
        var always = await hub.Intervals($"requirements/{requirement["id"]}/intervals", $"{hub.Hub}-always");
        foreach (var ((local, item), other) in own.Zip(always))
        {
            var heads = Heads(item) + Heads(other.Item);
            heads.Should().BeGreaterThanOrEqualTo(IsOpen(local) ? 2 : 1, "people in a room serve both queues of the group, and one follows the hub");
            heads.Should().BeApproximately(Math.Round(heads), 1e-6, "the group is rounded, not the queue");
        }

        static bool IsOpen(LocalDateTime t) => (int)t.DayOfWeek <= 3 && t.Date != Closed && t.Hour is >= 9 and < 17;
    }

    [Test]
    public async Task Requirement_BacklogOfTheLastRow_IsWorkedOffAndInTheBand()
    {
        var hub = await LocalOperation.Create(Client, "backlogged", "Europe/Dublin", []);
        await hub.AddQueue(hub.Mail());
        await hub.Import($"{hub.Hub}-mail", 60, Monday, 28, _ => 2, lastBacklog: 240);

        await hub.Forecast();
        var requirement = await hub.Requirement();

        var band = await hub.Intervals($"requirements/{requirement["id"]}/band", $"{hub.Hub}-mail");
        ((double)band[0].Item["arrivedHours"]!).Should().BeApproximately(20 + (2 / 12.0), 0.2, "240 contacts of five minutes are open");
        ((double)band[23].Item["dueHours"]!).Should().BeInRange(19.5, 23, "all of them are due within the day, and some that arrives");
        ((double)band[23].Item["plannedHours"]!).Should().BeGreaterThanOrEqualTo(19.5);

        var breaches = (
            await Client.Post(
                $"/api/v1/requirements/{requirement["id"]}/breaches", new
                {
                    queue = $"{hub.Hub}-mail",
                    heads = Enumerable.Repeat(0.1, 24),
                    paths = 20,
                })
        ).Is(HttpStatusCode.OK).Json;
        ((double)breaches["probabilityOfBreach"]!).Should().Be(1, "a tenth of a person does not work off twenty hours in a day");
    }

    [Test]
    public async Task Requirement_TurnaroundInOpenHours_CanBeKeptOverTheNight()
    {
        var hub = await LocalOperation.Create(Client, "office-hours", "Europe/Dublin", LocalOperation.Daily(new LocalTime(9, 0), new LocalTime(17, 0)));
        await hub.AddQueue(hub.Mail(turnaroundMinutes: 120) with { Code = "office-hours-clock" });
        await hub.AddQueue(
            hub.Mail(turnaroundMinutes: 120) with
            {
                Code = "office-hours-open",
                Goal = new QueueGoal { TurnaroundMinutes = 120, CountsOpenHoursOnly = true },
            });
        await hub.Import("office-hours-clock", 60, Monday, 28, _ => 2);
        await hub.Import("office-hours-open", 60, Monday, 28, _ => 2);

        await hub.Forecast();
        var series = (await hub.Requirement())["series"]!.AsArray();

        ((string?)series.Single(s => (string?)s!["queue"] == "office-hours-clock")!["breach"]).Should().Contain("while closed");
        ((string?)series.Single(s => (string?)s!["queue"] == "office-hours-open")!["breach"]).Should().BeNull();
    }

    [Test]
    public async Task Requirement_ChatsSlowEachOtherOrFewMayGiveUp_NeedsMore()
    {
        var hub = await LocalOperation.Create(Client, "chat-goals", "Europe/Dublin", []);
        var plain = hub.Chat("plain") with { Concurrency = 2 };
        await hub.AddQueue(plain);
        await hub.AddQueue(plain with { Code = $"{hub.Hub}-slow", SkillGroup = "slow", Goal = plain.Goal with { ConcurrencySlowdown = 1 } });
        await hub.AddQueue(
            plain with
            {
                Code = $"{hub.Hub}-patient",
                SkillGroup = "patient",
                Goal = new QueueGoal { MaximumAbandonment = 0.001, PatienceSeconds = 60 },
            });
        foreach (var code in new[] { "plain", "slow", "patient" })
        {
            await hub.Import($"{hub.Hub}-{code}", 60, Monday, 28, _ => 40);
        }

        await hub.Forecast();
        var series = (await hub.Requirement())["series"]!.AsArray();

        double Hours(string code) => (double)series.Single(s => (string?)s!["queue"] == $"{hub.Hub}-{code}")!["headHours"]!;
        Hours("slow").Should().BeGreaterThan(1.4 * Hours("plain"), "a second chat gains nothing");
        Hours("patient").Should().BeGreaterThan(Hours("plain"));
    }

    private static double Heads(JsonNode item) => (double)item["waterfall"]!["heads"]!;
}
