using Quartz;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>The one file that knows Quartz.NET: in memory over SQLite, clustered over PostgreSQL.</summary>
internal sealed class QuartzJobEngine(ISchedulerFactory schedulers) : IJobEngine
{
    private const string IdKey = "id";
    private static readonly JobKey RunKey = new("run-job-row");

    public async Task Enqueue(Guid jobId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(RunKey, new JobDataMap { { IdKey, jobId.ToString() } }, cancellationToken);
    }

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

    private static Guid IdIn(IJobExecutionContext context) => Guid.Parse((string)context.MergedJobDataMap[IdKey]!);
}
