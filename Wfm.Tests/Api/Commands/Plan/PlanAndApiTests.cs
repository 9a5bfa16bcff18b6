using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Commands.Plan;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Commands.Plan;

/// <summary>One file, planned by the command line and imported over HTTP and planned by the jobs: the same numbers, to the bit.</summary>
public sealed class PlanAndApiTests
{
    private const string Policy = "ie-working-time-act";
    private const string Hub = "plandub";
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    private WfmServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(StoreKind.Sqlite);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Plan_AFileThatIsImportedToo_GivesTheSameForecastHeadsAndShifts()
    {
        var file = Calls("plan-calls", 7) + string.Join('\n', Calls("plan-mail", 8).Split('\n').Skip(1));
        var plan = await Planned(file);
        await SetUp(plan);
        using var content = new StringContent(file, Encoding.UTF8, "text/csv");
        ((int)(await _server.Client.Call(HttpMethod.Post, "/api/v1/volumes:import", content)).Is(HttpStatusCode.OK).Json["rejected"]!).Should().Be(0);

        await Run(
            "forecasts", new JsonObject
            {
                ["hub"] = Hub,
                ["horizonDays"] = 10,
                ["seed"] = 1,
                ["publish"] = true,
            }); // the day of the cut-off, which the plan does not count, is the first
        await Run(
            "requirements", new JsonObject
            {
                ["hub"] = Hub,
                ["paths"] = PlanRequest.Paths,
                ["seed"] = 1,
                ["riskLevels"] = new JsonArray([.. PlanRequest.RiskLevels.Select(l => JsonValue.Create(l))]),
            });
        await Run("rosters", new JsonObject
        {
            ["hub"] = Hub,
            ["start"] = LocalDatePattern.Iso.Format(plan.Problem!.Start),
            ["days"] = plan.Problem.Days,
            ["riskLevel"] = PlanRequest.RosterRisk,
            ["maximumMoves"] = 20_000,
        });

        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var forecasts = await db.SeriesForecasts.AsNoTracking().OrderBy(s => s.SeriesId).ToListAsync();
        forecasts.Select(f => f.Mean).Should().BeEquivalentTo(plan.Forecast.Queues.Select(f => f.Volume.Mean), o => o.WithStrictOrdering());
        forecasts.Select(f => f.Quantiles).Should()
            .BeEquivalentTo(plan.Forecast.Queues.Select(f => ForecastCurves.Flatten(f.Volume.Quantiles)), o => o.WithStrictOrdering());
        var requirements = await db.SeriesRequirements.AsNoTracking().OrderBy(s => s.SeriesId).ThenBy(s => s.RiskLevel).ToListAsync();
        requirements.Select(r => r.Heads).Should()
            .BeEquivalentTo(plan.Requirement.Queues.SelectMany(q => q.Curves.Select(c => c.Heads)), o => o.WithStrictOrdering());
        var roster = await db.Rosters.AsNoTracking().SingleAsync();
        var shifts = await StoredShifts.Of(db, roster.Id, default);
        shifts.Select(Text).Order(StringComparer.Ordinal).Should().Equal(plan.Roster!.Shifts.Select(Text).Order(StringComparer.Ordinal));
        shifts.Should().NotBeEmpty();
        roster.Summary.Penalty.Should().Be(plan.Roster.Score.Total);
    }

    private static string Text(RosterShift shift) =>
        $"{shift.AgentId} {shift.Template} {shift.Start} {shift.End} {string.Join(' ', shift.Activities.Select(a => $"{a.Kind} {a.Group} {a.Start}"))}";

    private static string Calls(string queue, int seed) =>
        PlanBench.Seasonal(
            "interval_start,queue,hub,offered,handled,handle_time_seconds",
            (time, count) => $"{time:uuuu-MM-dd'T'HH:mm:ss},{queue},{Hub},{count},{count},{count * 240}",
            days: 42, seed);

    private static async Task<HubPlan> Planned(string file)
    {
        var request = new PlanRequest(
            new FileInfo("volumes.csv"), 9, new DirectoryInfo("."), Zone, 300, 0.8, 20, new Dictionary<string, double> { ["plan-mail"] = 1440 }, 0.2, null,
            Policy, new SolveLimits(1, 20_000));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var volumes = await PlanVolumes.Read(stream, Zone, Instant.FromUtc(2026, 1, 1, 0, 0), default);
        using var slots = new ComputeSlots();
        return await new PlanRun(request, slots).Plan(PlanHub.Of(volumes.Series, request), default);
    }

    /// <summary>The hub, queues, people, shifts and law that the plan assumes.</summary>
    private async Task SetUp(HubPlan plan)
    {
        var law = SampleOperationFiles.Load().Policies.Single(p => p.Code == Policy).ToVersion(new LocalDate(1998, 3, 1), Instant.MinValue);
        await _server.Client.Create(
            "labour-policies", new LabourPolicyRequest
            {
                Code = Policy,
                Name = law.Name,
                Country = law.Country,
                ValidFrom = law.ValidFrom,
                Rules = law.Rules,
            });
        await _server.Client.Create("hubs", new HubRequest
        {
            Code = Hub,
            Name = Hub,
            TimeZone = Zone.Id,
            Country = "IE",
            LabourPolicy = Policy,
            Seats = 1000,
            OpeningHours = [.. plan.Hub.Hub.Open.Windows.Select(w => new OpeningWindow(w.Day, w.From, w.To))],
            PlannedShrinkage = 0.2,
            UnplannedShrinkage = 0,
        });
        foreach (var queue in plan.Hub.Histories.Select(h => h.Queue))
        {
            await _server.Client.Create("queues", new QueueRequest
            {
                Code = queue.Code,
                Name = queue.Code,
                Channel = queue.Attributes["channel"],
                Language = queue.Attributes["language"],
                Severity = "S0",
                Kind = queue.Deferrable is null ? WorkKind.Immediate : WorkKind.Deferrable,
                SkillGroup = queue.Group,
                Goal = queue.Deferrable is null ? new QueueGoal { ServiceLevel = 0.8, ThresholdSeconds = 20 } : new QueueGoal { TurnaroundMinutes = 1440 },
                AhtSeconds = 300,
            });
        }

        foreach (var contract in plan.Problem!.Agents.Select(a => a.Contract).DistinctBy(c => c.Code))
        {
            await _server.Client.Create("contracts", new ContractRequest
            {
                Code = contract.Code,
                Name = contract.Code,
                MinimumWeeklyHours = contract.MinimumWeeklyHours.TotalHours,
                MaximumWeeklyHours = contract.MaximumWeeklyHours.TotalHours,
                MaximumDaysPerWeek = contract.MaximumDaysPerWeek,
            });
        }

        foreach (var t in plan.Problem.Templates)
        {
            await _server.Client.Create(
                "shift-templates", new ShiftTemplateRequest
                {
                    Code = t.Code,
                    Hub = Hub,
                    EarliestStart = t.EarliestStart,
                    LatestStart = t.LatestStart,
                    StartStepMinutes = (int)t.StartStep.TotalMinutes,
                    LengthMinutes = (int)t.Length.TotalMinutes,
                    Breaks =
                    [
                        .. t.Breaks.Select(b => new BreakWindow(
                            b.Kind, (int)b.Length.TotalMinutes, (int)b.EarliestAfterStart.TotalMinutes, (int)b.LatestAfterStart.TotalMinutes, b.Paid)),
                    ],
                });
        }

        foreach (var a in plan.Problem.Agents)
        {
            await _server.Client.Create(
                "agents", new AgentRequest
                {
                    Code = a.Id,
                    Name = a.Id,
                    Hub = Hub,
                    Contract = a.Contract.Code,
                    Skills = [.. a.Skills.Select(s => new AgentSkillData(s.Group, s.Proficiency))],
                });
        }
    }

    private async Task Run(string resource, JsonObject request)
    {
        var job = await _server.Client.Finish(await _server.Client.Post($"/api/v1/{resource}", request.ToJsonString()));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
    }
}
