using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff.Requests;

/// <summary>Whatever people and managers do in whatever order: no balance below its floor, no day above its allowance, and the waiting list keeps its
/// order.</summary>
public sealed class LeavePropertyTests
{
    private const int People = 4;
    private const int Steps = 30;
    private static readonly LocalDate Monday = new(2027, 4, 5);

    private WfmServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(
        StoreKind.Sqlite, services: services => services.AddSingleton<IClock>(LeaveOperation.Clock()));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Sequences_Random_KeepBalancesAllowancesAndOrder([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var (overdraft, limit) = (random.Next(3) * 8, random.Next(1, 3));
        var leave = await LeaveOperation.Create(
            _server.Client, $"lp-{seed}", People, t => t with
            {
                NeedsApproval = seed % 2 == 0,
                Terms = new() { HoursPerMonth = random.Next(9), From = new LocalDate(2027, 1, 1), OverdraftHours = overdraft, CarryOverHours = 8 },
            });
        await leave.Allow("heads", new { measure = "heads", limit });
        for (var i = 0; i < Steps; i++)
        {
            await Step(leave, random);
            await Sweep(leave);
            await Check(leave, -overdraft, limit);
        }
    }

    /// <summary>As every few minutes: hours that were adjusted may let somebody move up.</summary>
    private async Task Sweep(LeaveOperation leave)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.SingleAsync(h => h.Code == leave.Code);
        await scope.ServiceProvider.GetRequiredService<LeaveDesk>().Sweep(hub.Id, default);
    }

    private static async Task Step(LeaveOperation leave, Random random)
    {
        var person = random.Next(1, People + 1);
        if (random.Next(8) is 0)
        {
            var adjusted = await leave.Client.Post(leave.Path(person, $"balances/{leave.Annual}/entries"), new
            {
                kind = "adjustment",
                on = Monday.PlusDays(random.Next(-60, 30)),
                hours = random.Next(-12, 20),
                reason = "As it happens.",
            });
            adjusted.Status.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
            return;
        }

        var all = await All(leave);
        if (all.Count == 0 || random.Next(2) == 0)
        {
            var from = Monday.PlusDays(random.Next(5));
            var asked = await leave.Client.Post(leave.Path(person), new { type = leave.Annual, from, to = from.PlusDays(random.Next(3)) });
            asked.Status.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
            return;
        }

        var request = all[random.Next(all.Count)];
        var what = new[] { "withdraw", "cancel", "approve", "refuse" }[random.Next(4)];
        var body = what is "refuse" or "approve" ? (object)new { reason = "No." } : new { };
        (await leave.Do(request, what, body)).Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
    }

    private static async Task Check(LeaveOperation leave, int floor, int limit)
    {
        var all = await All(leave);
        var held = all.Where(r => (string?)r["state"] is "approved" or "pending").ToList();
        foreach (var day in held.SelectMany(r => r["days"]!.AsArray()).Where(d => (double)d!["hours"]! > 0).GroupBy(d => (string)d!["date"]!))
        {
            day.Should().HaveCountLessThanOrEqualTo(limit, $"of {day.Key}");
        }

        for (var person = 1; person <= People; person++)
        {
            var lines = (await leave.Client.Get(leave.Path(person, $"balances/{leave.Annual}/entries?to=2028-12-31&limit=1000"))).Is(HttpStatusCode.OK)
                .Json["items"]!.AsArray();
            var days = lines.GroupBy(l => (string)l!["on"]!).Select(g => (double)g.Last()!["balanceHours"]!).ToList();
            days.Should().OnlyContain(hours => hours >= floor - 1e-6);
            var mine = held.Where(r => (string?)r["agent"] == leave.Agent(person)).Sum(r => (double)r["hours"]!);
            (-lines.Where(l => (string?)l!["kind"] == "booking").Sum(l => (double)l!["hours"]!)).Should().BeApproximately(mine, 1e-6);
            var off = (await leave.Client.Get(leave.Path(person, "time-off"))).Json["items"]!.AsArray();
            off.Should().HaveCount(held.Count(r => (string?)r["agent"] == leave.Agent(person) && (string?)r["state"] == "approved"));
        }

        foreach (var waiting in all.Where(r => (string?)r["state"] == "waiting" && (string?)r["decidedBy"] == "allowance"))
        {
            // on some day of it all places are taken, or the person's hours or time went elsewhere meanwhile
            var free = waiting["days"]!.AsArray().Where(d => (double)d!["hours"]! > 0).All(d => held.Count(r => Has(r, (string)d!["date"]!)) < limit);
            if (free && !held.Exists(r => (string?)r["agent"] == (string?)waiting["agent"]))
            {
                var balance = await leave.Client.Get(leave.Path(Number(waiting), $"balances?on={waiting["days"]![0]!["date"]}&limit=1000"));
                var available = balance.Json["items"]!.AsArray().Single(b => (string?)b!["type"] == leave.Annual)!["availableHours"];
                ((double)available!).Should().BeLessThan((double)waiting["hours"]!, $"{waiting["id"]} could have moved up");
            }
        }
    }

    private static bool Has(JsonNode request, string date) =>
        request["days"]!.AsArray().Any(d => (string?)d!["date"] == date && (double)d["hours"]! > 0);

    private static int Number(JsonNode request) => int.Parse(((string)request["agent"]!)[^3..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<JsonNode>> All(LeaveOperation leave) =>
        [.. (await leave.Client.Get($"/api/v1/time-off-requests?hub={leave.Code}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(r => r!)];
}
