namespace Wfm.Api.Pipeline;

/// <summary>The steps from history to service, each with the cores of the machine behind it.</summary>
internal static class PipelineServices
{
    public static void AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<ComputeSlots>();
        services.AddSingleton<HubForecaster>();
        services.AddSingleton<HubStaffer>();
        services.AddSingleton<HubRosterer>();
        services.AddSingleton<HubService>();
    }
}
