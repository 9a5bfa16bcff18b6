using NodaTime;

namespace Wfm.Api.Features.Retention;

/// <summary>One kind of thing that a nightly operation piles up, and which of it goes.</summary>
internal interface IRetention
{
    /// <summary>What goes, as metric and log name it.</summary>
    string What { get; }

    /// <summary>Takes away what nobody needs any more, in small transactions. Safe to stop anywhere and to run again.</summary>
    /// <returns>How many went.</returns>
    Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken);
}

/// <summary>Until when things were made that may go.</summary>
/// <param name="Held">Whatever unfinished jobs name in their arguments.</param>
internal sealed record RetentionLimits(Instant Now, RetentionPeriods Periods, IReadOnlySet<Guid> Held)
{
    public Instant Plans => Now - Duration.FromDays(Periods.PlanDays);

    public Instant Judged => Now - Duration.FromDays(Periods.AccuracyDays);

    public Instant Exposure => Now - Duration.FromDays(Periods.ExposureDays);

    public Instant Floor => Now - Duration.FromDays(Periods.FloorDays);
    public Instant AgentStates => Now - Duration.FromDays(Periods.AgentStateDays);

    public Instant Jobs => Now - Duration.FromDays(Periods.JobDays);

    /// <summary>A day that has ended, wherever it was, before <see cref="Plans"/>.</summary>
    public LocalDate PlanDay => Plans.InUtc().Date.PlusDays(-1);
}
