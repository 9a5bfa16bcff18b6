using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Wfm.Api.Auditing;
using Wfm.Api.Features.Adherence;
using Wfm.Api.Features.Crises;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.People;
using Wfm.Api.Features.Platform;
using Wfm.Api.Features.Retention;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Routing;
using Wfm.Api.Features.Setup;
using Wfm.Api.Features.Staffing;
using Wfm.Api.Features.Today;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Http;
using Wfm.Api.Idempotency;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Hosting;

/// <summary>The web application: what is registered, in which order a request passes.</summary>
public static class WfmHost
{
    /// <param name="configure">Last word on the builder: command lines and tests set store, address and clock here.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        var settings = Settings(builder.Configuration);
        var store = Store.Parse(settings.Store);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaximumBodyBytes;
        });
        var services = builder.Services;
        services.AddSingleton(settings);
        services.TryAddSingleton<IClock>(new StoreClock(NodaTime.SystemClock.Instance)); // a test may have set another
        services.AddTelemetry(builder.Configuration);
        services.AddStore(store, TimeSpan.FromMilliseconds(settings.SlowQueryMilliseconds));
        services.AddSingleton<StoreStart>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreStart>()); // before the job engine: it needs the tables
        services.AddPipeline();
        services.AddJobEngine(store, settings.Works, settings.Jobs);
        services.AddSetup();
        services.AddVolumes(settings.Works, settings.KeepIntervalsMonths);
        services.AddForecasts();
        services.AddStaffing();
        services.AddAllocations();
        services.AddRosters();
        services.AddPeople(settings.Works);
        services.AddCrises();
        services.AddAdherence();
        services.AddToday();
        services.AddNights(settings.Works);
        services.AddRetention(settings.Works, settings.Keep);
        services.AddPlatform();
        services.AddAudit();

        services.ConfigureHttpJsonOptions(json => RequestJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // every 400 says why, in production too
        services.AddHostedService<IdempotencySweeper>();
        services.AddRateLimits(settings);
        services.AddScoped<Findings>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemHandler.Complete);
        services.AddSingleton<IProblemDetailsWriter, AnyAcceptProblemWriter>();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddRequestDecompression();
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddOpenApiDocument();
        services.AddConsole();
        services.AddSingleton<StoreHealth>();
        services.AddHealthChecks().AddCheck<StoreHealth>("store");
        services.AddSignIn(settings.Oidc);

        var app = builder.Build();
        app.UseSecureHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => ProblemHandler.IsCallers(context.Exception, context.HttpContext),
        });
        app.UseStatusCodePages();
        app.UseResponseCompression();
        app.UseOpenApiDocument();
        app.UseRouting();
        app.UseConsole(); // open to everyone: it holds no data, and signing in is a page of it
        app.UseRequestDecompression(); // after routing: the size limit of the endpoint holds for the unpacked body
        app.UseAuthentication();
        app.UseRateLimits(settings); // after authentication: a bucket per key
        app.UseMiddleware<AuditMiddleware>(); // before authorization: what is refused is written down too
        app.UseAuthorization();
        app.UseMiddleware<KnownParameters>();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapHealth();
        app.MapMetrics();
        if (settings.Role == WfmRole.Worker)
        {
            return app;
        }

        var api = app.MapGroup("").WithCheckedBodies();
        api.MapSetup();
        api.MapVolumes();
        api.MapForecasts();
        api.MapStaffing();
        api.MapAllocations();
        api.MapCrisisFeature();
        api.MapRosters();
        api.MapPeople();
        api.MapAdherence();
        api.MapTodayFeature();
        api.MapPlatform();
        app.MapJobDashboard();
        return app;
    }

    private static WfmSettings Settings(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(WfmSettings.Section).Get<WfmSettings>() ?? new WfmSettings();
        }
        catch (InvalidOperationException e) // a value that is no number, or no role
        {
            throw new StoreRefusedException($"{e.Message} {e.InnerException?.Message}".Trim());
        }
    }
}
