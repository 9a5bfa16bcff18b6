using NodaTime;
using Quartz;
using Wfm.Api.Features.Nights;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>The one file that knows Quartz.NET: in memory over SQLite, clustered over PostgreSQL.</summary>
internal sealed class QuartzJobEngine(ISchedulerFactory schedulers) : IJobEngine
{
    private const string IdKey = "id";
    private static readonly JobKey RunKey = new("run-job-row");
    private static readonly JobKey NightlyKey = new("nightly");

    public async Task Enqueue(Guid jobId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(RunKey, new JobDataMap { { IdKey, jobId.ToString() } }, cancellationToken);
    }

    public async Task ScheduleNightly(Guid hubId, LocalTime at, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var (cron, zoneInfo) = ($"0 {at.Minute} {at.Hour} * * ?", TimeZoneInfo.FindSystemTimeZoneById(zone.Id));
        var key = TriggerOf(hubId);
        if (await scheduler.GetTrigger(key, cancellationToken) is ICronTrigger same && same.CronExpressionString == cron && same.TimeZone.Id == zoneInfo.Id)
        {
            return; // replacing it would forget a night missed while every node was down
        }

        var trigger = TriggerBuilder.Create()
            .WithIdentity(key)
            .ForJob(NightlyKey)
            .UsingJobData(IdKey, hubId.ToString())
            .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zoneInfo).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.UnscheduleJob(key, cancellationToken);
        await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
    }

    public async Task Unschedule(Guid hubId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.UnscheduleJob(TriggerOf(hubId), cancellationToken);
    }

    private static TriggerKey TriggerOf(Guid hubId) => new(hubId.ToString(), "nightly");

    internal static void Register(IServiceCollection services, Store store, bool worker)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "wfm";
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(1); // otherwise an idle worker may sit out half a minute
                scheduler.GenerateInstanceId = store.Kind == StoreKind.Postgres;
            });
            quartz.UseDefaultThreadPool(Math.Max(2, Environment.ProcessorCount));
            if (store.Kind == StoreKind.Postgres)
            {
                quartz.UsePersistentStore(persistent =>
                {
                    persistent.UsePostgres(store.ConnectionString);
                    persistent.UseClustering(clustering => clustering.CheckinInterval = TimeSpan.FromSeconds(5));
                    persistent.ConfigureStore(options => options.SchemaProvisioning = SchemaProvisioning.CreateIfMissing);
                });
            }
            else
            {
                quartz.UseInMemoryStore();
            }

            quartz.AddJob<RunJobRow>(job => job.WithIdentity(RunKey).StoreDurably().RequestRecovery());
            quartz.AddJob<FireNightly>(job => job.WithIdentity(NightlyKey).StoreDurably());
        });
        services.AddQuartzHostedService(options =>
        {
            options.AutoStart = worker;
            options.WaitForJobsToComplete = true;
        });
        services.AddSingleton<IJobEngine, QuartzJobEngine>();
    }

    internal sealed class RunJobRow(JobRunner runner) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await runner.Run(IdIn(context), cancellationToken);
    }

    internal sealed class FireNightly(INightlyFiring nightly) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await nightly.Fire(IdIn(context), cancellationToken);
    }

    private static Guid IdIn(IJobExecutionContext context) => Guid.Parse((string)context.MergedJobDataMap[IdKey]!);
}
