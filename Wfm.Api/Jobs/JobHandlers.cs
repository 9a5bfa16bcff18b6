using System.Collections.Frozen;

namespace Wfm.Api.Jobs;

/// <summary>Which handler runs which kind.</summary>
public sealed class JobHandlers(IEnumerable<JobHandlers.Registration> registrations)
{
    private readonly FrozenDictionary<string, Registration> _byKind = registrations.ToFrozenDictionary(r => r.Kind);

    public IJobHandler Resolve(string kind, IServiceProvider services) => _byKind.TryGetValue(kind, out var known)
        ? (IJobHandler)services.GetRequiredService(known.Handler)
        : throw new JobFailedException($"This version of Wfm has no handler for jobs of kind '{kind}'.");

    /// <summary>The kinds that workers of a priority run.</summary>
    public IReadOnlyCollection<string> KindsOf(JobPriority priority) => [.. _byKind.Values.Where(r => r.Priority == priority).Select(r => r.Kind)];

    /// <summary>Which workers run the kind; one that this version does not know is refused by the first that is free.</summary>
    public JobPriority PriorityOf(string kind) => _byKind.TryGetValue(kind, out var known) ? known.Priority : JobPriority.Interactive;

    public sealed record Registration(string Kind, Type Handler, JobPriority Priority);
}

internal static class JobRegistration
{
    /// <summary>Makes a handler known under its kind.</summary>
    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services)
        where THandler : class, IJobHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobHandlers.Registration(THandler.Kind, typeof(THandler), THandler.Priority));
    }
}
