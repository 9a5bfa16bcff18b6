using System.Collections.Frozen;

namespace Wfm.Api.Jobs;

/// <summary>Which handler runs which kind.</summary>
public sealed class JobHandlers(IEnumerable<JobHandlers.Registration> registrations)
{
    private readonly FrozenDictionary<string, Type> _byKind = registrations.ToFrozenDictionary(r => r.Kind, r => r.Handler);

    public IJobHandler Resolve(string kind, IServiceProvider services) => _byKind.TryGetValue(kind, out var handler)
        ? (IJobHandler)services.GetRequiredService(handler)
        : throw new JobFailedException($"This version of Wfm has no handler for jobs of kind '{kind}'.");

    public sealed record Registration(string Kind, Type Handler);
}

internal static class JobRegistration
{
    /// <summary>Makes a handler known under its kind.</summary>
    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services)
        where THandler : class, IJobHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobHandlers.Registration(THandler.Kind, typeof(THandler)));
    }
}
