using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Retention;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting;
using Wfm.Forecasting.Uncertainty;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Api.Jobs;

namespace Wfm.Tests.Api.Features.Retention;

/// <summary>Operations made by chance, aged and retained: nothing that is needed goes, and what is not does.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RetentionPropertyTests(StoreKind kind)
{
    private const int PlanDays = 14;

    private JobBench _bench = null!;
    private int _publication;

    [OneTimeSetUp]
    public async Task Start() => _bench = await JobBench.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Remove_OperationsByChance_LosesNothingThatIsReferredTo([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var made = new Operation(random, _bench.Now, $"chance-{seed}", ref _publication);
        await _bench.WithDb(async db =>
        {
            await made.Store(db);
            return 0;
        });
        var held = made.Requirements[random.Next(made.Requirements.Count)];

        await _bench.Retain(0, held: [held.Id, made.Drafts[0].Id]);

        var left = await _bench.WithDb(db => Left.Read(db, made.Hub.Id));
        var (now, today) = (_bench.Now, _bench.Now.InUtc().Date);
        Stays(left.Rosters, made.Rosters.Where(r => r.State != PublicationState.Draft).Select(r => r.Id), "they were published");
        Stays(left.Requirements, made.Rosters.Where(r => r.State != PublicationState.Draft).Select(r => r.RequirementRunId!.Value), "published from");
        Stays(
            left.Requirements,
            made.Rosters.Where(r => left.Rosters.Contains(r.Id) && r.Start.PlusDays(r.Days) > today).Select(r => r.RequirementRunId!.Value), "drafts to come");
        Stays(left.Requirements, [made.Requirements[^1].Id, held.Id], "the newest, and what a job reads");
        Stays(left.Rosters, [made.Drafts[0].Id], "a job reads it");
        Stays(left.Forecasts, made.Requirements.Where(q => left.Requirements.Contains(q.Id)).Select(q => q.ForecastRunId), "requirements refer to it");
        Stays(left.Forecasts, made.Forecasts.Where(f => f.State == PublicationState.Published).Select(f => f.Id), "it is served");
        Stays(
            left.Forecasts, made.Forecasts.Where(f => f.PublishedAt is not null && f.End > now - Duration.FromDays(92)).Select(f => f.Id), "it is judged");
        Stays(left.Rosters, made.Repairs.Where(r => left.Rosters.Contains(r.RosterId)).Select(r => r.OriginalId), "a repair began with it");
        Stays(left.Rosters, made.Proofs.Where(p => left.Rosters.Contains(p.RosterId)).Select(p => p.OriginalId), "a proof began with it");
        Stays(left.Jobs, made.Rosters.Where(r => left.Rosters.Contains(r.Id)).Select(r => r.JobId!.Value), "their pins are there");
        Stays(left.Jobs, made.Jobs.Where(j => !j.IsFinished).Select(j => j.Id), "they are not finished");
        Stays(
            left.Adjustments, made.Adjustments.Where(a => a.CarriedFromId is not null && left.Adjustments.Contains(a.Id)).Select(a => a.CarriedFromId!.Value),
            "its copies are there");
        Stays(left.Nights, [made.Nights[^1].Date], "it is the last");
        left.RowsOfNothing.Should().Be(0);

        left.Rosters.Count.Should().BeLessThan(made.Rosters.Count, "something went");
        left.Requirements.Count.Should().BeLessThan(made.Requirements.Count);
        left.Forecasts.Count.Should().BeLessThan(made.Forecasts.Count);
        left.Jobs.Count.Should().BeLessThan(made.Jobs.Count);
        left.Nights.Count.Should().BeLessThan(made.Nights.Count);
        var young = now - Duration.FromDays(PlanDays);
        Stays(left.Requirements, made.Requirements.Where(q => q.CreatedAt > young).Select(q => q.Id), "it is young");
        Stays(left.Rosters, made.Rosters.Where(r => r.CreatedAt > young).Select(r => r.Id), "it is young");
    }

    [Test]
    public async Task Remove_ForecastsWhoseJobsAreQueuedAgain_AllStayAsTheyAre()
    {
        var made = new Operation(new Random(4), _bench.Now, "queued-again", ref _publication);
        foreach (var job in made.Jobs)
        {
            (job.State, job.FinishedAt, job.RetryAt) = (JobState.Queued, null, _bench.Now + Duration.FromDays(1)); // no worker takes it meanwhile
        }

        await _bench.WithDb(async db =>
        {
            await made.Store(db);
            return 0;
        });

        await _bench.Retain(0);

        var left = await _bench.WithDb(db => Left.Read(db, made.Hub.Id));
        left.Forecasts.Should().BeEquivalentTo(made.Forecasts.Select(f => f.Id));
        left.RowsOfNothing.Should().Be(0);
    }

    [Test]
    public async Task Remove_ANightsWorth_Stays()
    {
        var made = new Operation(new Random(9), _bench.Now, "nights-worth", ref _publication, oldestDays: PlanDays - 1);
        await _bench.WithDb(async db =>
        {
            await made.Store(db);
            return 0;
        });

        await _bench.Retain(0);

        var left = await _bench.WithDb(db => Left.Read(db, made.Hub.Id));
        (left.Rosters.Count, left.Requirements.Count, left.Forecasts.Count, left.Jobs.Count)
            .Should().Be((made.Rosters.Count, made.Requirements.Count, made.Forecasts.Count, made.Jobs.Count));
    }

    [Test]
    public async Task Keep_SeveralTimesADay_HandsInOneJobThatSucceeds()
    {
        var made = new Operation(new Random(5), _bench.Now, "kept", ref _publication);
        await _bench.WithDb(async db =>
        {
            await made.Store(db);
            return 0;
        });
        var keeper = ActivatorUtilities.CreateInstance<RetentionKeeper>(_bench.Server.Services);

        await keeper.Keep(default);
        await keeper.Keep(default);

        var jobs = await _bench.WithDb(db => db.Set<Job>().Where(j => j.Kind == RetentionJob.Kind).ToListAsync());
        jobs.GroupBy(j => j.DeduplicationKey).Should().OnlyContain(day => day.Count() == 1);
        await _bench.Until(jobs[0].Id, "succeeded");
    }

    [TestCase(1, 92, 90, "PlanDays")]
    [TestCase(14, 6, 90, "AccuracyDays")]
    [TestCase(14, 92, 34, "JobDays")]
    [TestCase(14, 92, 40_000, "JobDays")]
    public void Checked_ANonsensePeriod_IsRefused(int plans, int accuracy, int jobs, string name) =>
        FluentActions.Invoking(() => new RetentionPeriods { PlanDays = plans, AccuracyDays = accuracy, JobDays = jobs }.Checked())
            .Should().Throw<StoreRefusedException>().WithMessage($"*Wfm:Keep:{name}*");

    private static void Stays<T>(IEnumerable<T> left, IEnumerable<T> needed, string because) => needed.Should().BeSubsetOf(left, because);

    /// <summary>What is there.</summary>
    private sealed record Left(
        HashSet<Guid> Forecasts, HashSet<Guid> Requirements, HashSet<Guid> Rosters, HashSet<Guid> Jobs, HashSet<Guid> Adjustments, HashSet<LocalDate> Nights,
        int RowsOfNothing)
    {
        public static async Task<Left> Read(WfmDbContext db, Guid hub)
        {
            var (forecasts, requirements) = (db.Set<ForecastRun>(), db.Set<RequirementRun>());
            return new Left(
                (await forecasts.Where(f => f.HubId == hub).Select(f => f.Id).ToListAsync()).ToHashSet(),
                (await requirements.Where(f => f.HubId == hub).Select(f => f.Id).ToListAsync()).ToHashSet(),
                (await db.Set<Roster>().Where(f => f.HubId == hub).Select(f => f.Id).ToListAsync()).ToHashSet(),
                (await db.Set<Job>().Where(f => f.HubId == hub).Select(f => f.Id).ToListAsync()).ToHashSet(),
                (await db.Set<ForecastAdjustment>().Select(f => f.Id).ToListAsync()).ToHashSet(),
                (await db.Set<Night>().Where(n => n.HubId == hub).Select(n => n.Date).ToListAsync()).ToHashSet(),
                await db.Set<SeriesForecastRow>().CountAsync(s => !forecasts.Any(f => f.Id == s.ForecastRunId))
                    + await db.Set<SeriesRequirement>().CountAsync(s => !requirements.Any(r => r.Id == s.RequirementRunId)));
        }
    }

    /// <summary>A hub with a history of nights: forecasts, requirements, drafts, proofs, repairs, published rosters.</summary>
    private sealed class Operation
    {
        private readonly Series _series;

        public Operation(Random random, Instant now, string code, ref int publication, int oldestDays = 250)
        {
            Hub = new Hub { Code = code, Name = code, TimeZone = "Europe/Dublin", Country = "IE" };
            _series = new Series
            {
                Hub = Hub,
                Queue = new WorkQueue { Code = code, Name = code, Channel = "chat", Language = "en", Severity = "S1", SkillGroup = "live" },
                IntervalMinutes = 30,
            };
            foreach (var age in Enumerable.Range(0, 100).Select(_ => random.NextDouble() * oldestDays).OrderDescending())
            {
                var then = now - Duration.FromDays(age);
                var wasPublished = random.Next(4) > 0;
                Forecasts.Add(new ForecastRun
                {
                    HubId = Hub.Id,
                    CutOff = then - Duration.FromDays(1),
                    End = then + Duration.FromDays(random.Next(5, 60)),
                    CreatedAt = then,
                    PublishedAt = wasPublished ? then : null,
                    State = wasPublished ? PublicationState.Superseded : PublicationState.Draft,
                    JobId = Job("forecast", then, new object()).Id,
                });
                if (random.Next(3) > 0)
                {
                    Requirements.Add(new RequirementRun
                    {
                        HubId = Hub.Id,
                        ForecastRunId = Forecasts[random.Next(Math.Max(0, Forecasts.Count - 3), Forecasts.Count)].Id,
                        RiskLevels = [0.8],
                        CreatedAt = then,
                        JobId = Job("requirement", then, new object()).Id,
                    });
                }

                if (Requirements.Count > 0 && random.Next(3) > 0)
                {
                    AddRoster(random, then, ref publication);
                }

                if (Forecasts.Count > 1 && random.Next(2) == 0)
                {
                    var origin = Adjustments.LastOrDefault(a => a.CarriedFromId is null);
                    Adjustments.Add(Adjustment(Forecasts[^1].Id, random.Next(2) == 0 ? origin?.Id : null));
                }

                var date = then.InUtc().Date;
                if (Nights.LastOrDefault()?.Date != date)
                {
                    Nights.Add(new Night { HubId = Hub.Id, Date = date, DueAt = then, HandedInAt = then });
                }
            }

            Forecasts.Last(f => f.PublishedAt is not null).State = PublicationState.Published;
            Jobs[random.Next(Jobs.Count)].State = JobState.Queued;
            Jobs.Find(j => j.State == JobState.Queued)!.FinishedAt = null;
        }

        public Hub Hub { get; }

        public List<ForecastRun> Forecasts { get; } = [];

        public List<RequirementRun> Requirements { get; } = [];

        public List<Roster> Rosters { get; } = [];

        public List<Roster> Drafts => Rosters.FindAll(r => r.State == PublicationState.Draft);

        public List<RosterRepairRecord> Repairs { get; } = [];

        public List<(Guid RosterId, Guid OriginalId)> Proofs { get; } = [];

        public List<Job> Jobs { get; } = [];

        public List<ForecastAdjustment> Adjustments { get; } = [];

        public List<Night> Nights { get; } = [];

        public async Task Store(WfmDbContext db)
        {
            db.Add(_series);
            await db.SaveChangesAsync();
            db.AddRange(Jobs);
            db.AddRange(Forecasts);
            await db.SaveChangesAsync();
            db.AddRange(Forecasts.Select(Row));
            db.AddRange(Requirements);
            db.AddRange(Requirements.Select(Row));
            db.AddRange(Rosters);
            db.AddRange(Nights);
            await db.SaveChangesAsync();
            db.AddRange(Repairs);
            db.AddRange(Adjustments.Select(WithSeries));
            await db.SaveChangesAsync();
        }

        private void AddRoster(Random random, Instant then, ref int publication)
        {
            var start = then.InUtc().Date.PlusDays(7).Previous(IsoDayOfWeek.Monday);
            var original = Rosters.LastOrDefault(r => r.Start == start);
            var how = original is null ? 0 : random.Next(3);
            var job = how == 1
                ? Job("proof", then, new RosterProofArguments(original!.Id, new ServiceCheckArguments(original.Id), new SolveLimits(1, 1)))
                : Job("roster", then, new RosterArguments(null, start, 28, 0.8, new SolveLimits(1, 1)));
            var state = (PublicationState)random.Next(3);
            var roster = new Roster
            {
                HubId = Hub.Id,
                Start = start,
                Days = 28,
                Revision = Rosters.Count(r => r.Start == start) + 1,
                RequirementRunId = Requirements[random.Next(Math.Max(0, Requirements.Count - 2), Requirements.Count)].Id,
                RiskLevel = 0.8,
                State = state,
                Publication = state == PublicationState.Draft ? null : ++publication,
                PublishedAt = state == PublicationState.Draft ? null : then,
                IntervalMinutes = 30,
                Summary = new RosterSummary { StopReason = "workLimit" },
                CreatedAt = then,
                JobId = job.Id,
            };
            Rosters.Add(roster);
            if (how == 1)
            {
                Proofs.Add((roster.Id, original!.Id));
            }
            else if (how == 2)
            {
                Repairs.Add(new RosterRepairRecord
                {
                    RosterId = roster.Id,
                    OriginalId = original!.Id,
                    From = then,
                    Summary = new RepairSummary(0, 0, new(0, 0, 0, 0), new(0, 0, 0, 0), new(0, 0, 0, 0), 0),
                });
            }
        }

        private Job Job(string kind, Instant then, object arguments)
        {
            var job = new Job
            {
                Kind = kind,
                Arguments = Wfm.Api.Jobs.Job.Serialize(arguments),
                HubId = Hub.Id,
                Owner = "test",
                State = JobState.Succeeded,
                RequestedAt = then,
                FinishedAt = then,
                MessageId = "gone",
            };
            Jobs.Add(job);
            return job;
        }

        private static ForecastAdjustment Adjustment(Guid forecast, Guid? carriedFrom) => new()
        {
            ForecastRunId = forecast,
            Factor = 2,
            Reason = "x",
            Author = "test",
            CarriedFromId = carriedFrom,
        };

        private ForecastAdjustment WithSeries(ForecastAdjustment a) => new()
        {
            Id = a.Id,
            ForecastRunId = a.ForecastRunId,
            SeriesId = _series.Id,
            Factor = 2,
            Reason = "x",
            Author = "test",
            CarriedFromId = a.CarriedFromId,
        };

        private SeriesForecastRow Row(ForecastRun run) => new()
        {
            ForecastRunId = run.Id,
            SeriesId = _series.Id,
            Start = run.CutOff,
            IntervalMinutes = 30,
            TimeZone = "Europe/Dublin",
            Mean = [1, 2],
            QuantileLevels = [0.01, 0.5, 0.99],
            Quantiles = [0, 0, 1, 2, 3, 4],
            AhtSeconds = [300, 300],
            Detail = new SeriesForecastDetail(
                [], BacktestReport.Untested, PathDependence.Independent, new CleansingSummary([], 0, [], 0), [], 2),
        };

        private SeriesRequirement Row(RequirementRun run) => new()
        {
            RequirementRunId = run.Id,
            SeriesId = _series.Id,
            RiskLevel = 0.8,
            Start = run.CreatedAt,
            IntervalMinutes = 30,
            TimeZone = "Europe/Dublin",
            Heads = [1, 1],
            Waterfall = new double[16],
        };

    }
}
