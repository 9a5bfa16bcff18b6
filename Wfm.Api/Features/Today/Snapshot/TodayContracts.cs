using NodaTime;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Scheduling.Floor;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>The running day of a hub: all queues, groups and people in one answer. Each figure says until when what it stands on is known.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="At">The moment, to the minute.</param>
/// <param name="Date">Its local day.</param>
/// <param name="DayStart">Start of the day.</param>
/// <param name="DayEnd">End of the day, exclusive.</param>
/// <param name="Stamp">What it stands on; the id of the events that say when that changes.</param>
/// <param name="ForecastId">The forecast served at that moment; null when there is none, then there are no queues.</param>
/// <param name="Inputs">What is told during the day, and until when it is known.</param>
/// <param name="ProjectedFrom">Where the simulation starts: the earliest moment up to which a queue is known; null without queues.</param>
/// <param name="Contacts">Contacts simulated.</param>
/// <param name="Seed">Seed of everything random; the same seed and inputs give the same figures.</param>
/// <param name="RiskLevel">Probability with which the required heads are enough.</param>
/// <param name="IntervalMinutes">Length of the intervals of the groups.</param>
/// <param name="Queues">Queues of the forecast.</param>
/// <param name="Groups">Skill groups, by interval from now to the end of the day.</param>
/// <param name="People">Who has a shift that touches the day, by code.</param>
public sealed record TodayResponse(
    string Hub, Instant At, LocalDate Date, Instant DayStart, Instant DayEnd, string Stamp, Guid? ForecastId, IReadOnlyList<TodayInput> Inputs,
    Instant? ProjectedFrom, long Contacts, int Seed, double RiskLevel, int IntervalMinutes, IReadOnlyList<TodayQueue> Queues,
    IReadOnlyList<TodayGroup> Groups, IReadOnlyList<TodayPerson> People);

/// <summary>What is told during the day.</summary>
public enum TodayInputKind
{
    /// <summary>Contacts that came, <c>volumes:import</c>.</summary>
    Volumes,

    /// <summary>Contacts answered, <c>served:import</c>.</summary>
    Served,

    /// <summary>Contacts open, <c>backlog:import</c>.</summary>
    Backlog,

    /// <summary>What people are doing.</summary>
    States,
}

/// <summary>Until when an input is known.</summary>
/// <param name="Input">Which.</param>
/// <param name="AsOf">The latest moment up to which any queue is known; null when nothing was told since yesterday.</param>
/// <param name="AgeMinutes">Minutes from then to now.</param>
/// <param name="StaleAfterMinutes">Older than this is stale.</param>
/// <param name="IsStale">True when it is older, or was never told.</param>
public sealed record TodayInput(TodayInputKind Input, Instant? AsOf, double? AgeMinutes, double StaleAfterMinutes, bool IsStale);

/// <summary>A queue on the running day.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group that covers it.</param>
/// <param name="Kind">Immediate or deferrable.</param>
/// <param name="IsOpen">Whether it is worked now.</param>
/// <param name="Volume">What came and what is to come; null when the forecast does not reach the day.</param>
/// <param name="Service">What was promised, kept so far and is likely to be kept.</param>
/// <param name="Backlog">What is open; null when nobody told.</param>
/// <param name="Clock">The first clock at risk of running out before the end of the day; null when none did in any replication.</param>
/// <param name="Notes">What is not known, or cannot be told.</param>
public sealed record TodayQueue(
    string Queue, string Group, WorkKind Kind, bool IsOpen, TodayVolume? Volume, TodayService Service, TodayBacklog? Backlog, TodayClock? Clock,
    IReadOnlyList<TodayNote> Notes);

/// <summary>A number of contacts and how sure it is.</summary>
/// <param name="Mean">Expected contacts.</param>
/// <param name="P10">One day in ten stays below.</param>
/// <param name="P50">Every other day stays below.</param>
/// <param name="P90">Nine days in ten stay below.</param>
public sealed record TodayBand(double Mean, double P10, double P50, double P90);

/// <summary>Contacts of a queue on the day.</summary>
/// <param name="AsOf">End of the last interval whose volume is known; the start of the forecast when nothing came since.</param>
/// <param name="AgeMinutes">Minutes from then to now.</param>
/// <param name="IsStale">Whether the queue is open and its volume older than it should be.</param>
/// <param name="Observed">Contacts that came today.</param>
/// <param name="Expected">What the morning's forecast expected in the same intervals; null without any.</param>
/// <param name="Percentile">How high the day is so far: the share of days, had the forecast been right, with fewer contacts in the same intervals, the half of
/// those with as many included; null without any.</param>
/// <param name="ForecastTotal">Contacts of the day by the forecast, those before its cut-off as they came.</param>
/// <param name="RestOfDay">Contacts still to come.</param>
/// <param name="DayTotal">Contacts of the whole day.</param>
/// <param name="Items">The intervals still to come.</param>
public sealed record TodayVolume(
    Instant AsOf, double AgeMinutes, bool IsStale, double Observed, TodayBand? Expected, double? Percentile, double ForecastTotal, TodayBand RestOfDay,
    TodayBand DayTotal, IReadOnlyList<TodayVolumeInterval> Items);

/// <summary>Contacts still to come in an interval.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="Forecast">Contacts that the forecast expected before the day.</param>
/// <param name="Mean">Contacts expected given what came.</param>
/// <param name="P10">One day in ten stays below.</param>
/// <param name="P90">Nine days in ten stay below.</param>
public sealed record TodayVolumeInterval(Instant Start, double Forecast, double Mean, double P10, double P90);

/// <summary>The service of a queue on the day.</summary>
/// <param name="AsOf">End of the last interval of the day that tells what was answered; null when none does.</param>
/// <param name="AgeMinutes">Minutes from then to now.</param>
/// <param name="IsStale">Whether the queue is open and this older than it should be.</param>
/// <param name="Offered">Contacts that arrived until then; of work with a deadline those done. Null when it is not known.</param>
/// <param name="Answered">Contacts answered or done.</param>
/// <param name="InTime">Of these, in time.</param>
/// <param name="Share">In time ÷ offered.</param>
/// <param name="Promised">The share by which the day is judged; null where the goal names none.</param>
/// <param name="Projected">What the whole day is likely to end with; null when it cannot be told.</param>
public sealed record TodayService(
    Instant? AsOf, double? AgeMinutes, bool IsStale, long? Offered, long? Answered, long? InTime, double? Share, double? Promised,
    ProjectedService? Projected);

/// <summary>The service with which a day is likely to end: what was answered so far, and what the simulation makes of the rest.</summary>
/// <param name="Share">Mean share in time over the replications; null when no contact counts.</param>
/// <param name="HalfWidth">Half the width of the 95 % interval of that mean.</param>
/// <param name="P10">One day in ten stays below.</param>
/// <param name="P50">Every other day stays below.</param>
/// <param name="P90">Nine days in ten stay below.</param>
/// <param name="ProbabilityGoalMet">Share of the replications in which the day meets every target of the goal.</param>
/// <param name="ProbabilityLow">Lower end of its 95 % interval.</param>
/// <param name="ProbabilityHigh">Upper end.</param>
/// <param name="Late">Contacts of the rest of the day that miss their deadline.</param>
/// <param name="Abandoned">Contacts of the rest of the day that give up.</param>
/// <param name="Left">Contacts open at the end of the day.</param>
/// <param name="OldestAgeMinutes">Age of the oldest of them.</param>
/// <param name="Replications">How often the rest of the day was simulated.</param>
/// <param name="Stop">Why not more often.</param>
public sealed record ProjectedService(
    double? Share, double? HalfWidth, double? P10, double? P50, double? P90, double ProbabilityGoalMet, double ProbabilityLow, double ProbabilityHigh,
    double Late, double Abandoned, double Left, double? OldestAgeMinutes, int Replications, ProjectionStop Stop)
{
    internal static ProjectedService Of(QueueProjection p) => new(
        p.Service?.Mean, p.Service?.HalfWidth, p.ServiceLow, p.ServiceMedian, p.ServiceHigh, p.GoalMet, p.GoalMetLow, p.GoalMetHigh, p.Late.Mean,
        p.Abandoned.Mean, p.Left.Mean, p.OldestAgeSeconds?.Mean / 60, p.Replications, p.Stop);
}

/// <summary>What is open of a queue.</summary>
/// <param name="AsOf">The moment at which it was counted.</param>
/// <param name="AgeMinutes">Minutes from then to now.</param>
/// <param name="IsStale">Whether it is older than it should be.</param>
/// <param name="ByAge">False where only the volumes tell how much is open: then it is taken to be evenly aged up to the turnaround.</param>
/// <param name="Contacts">Contacts open then.</param>
/// <param name="OldestAgeMinutes">Age of the oldest then; null when nothing was open.</param>
/// <param name="Overdue">Contacts of it whose clock has run out by now, unless done meanwhile; null for work without a deadline.</param>
/// <param name="Ages">By age.</param>
public sealed record TodayBacklog(
    Instant AsOf, double AgeMinutes, bool IsStale, bool ByAge, int Contacts, double? OldestAgeMinutes, int? Overdue, IReadOnlyList<TodayAge> Ages);

/// <summary>Open contacts of a range of ages.</summary>
/// <param name="YoungestMinutes">Age of the youngest when they were counted.</param>
/// <param name="OldestMinutes">Age of the oldest.</param>
/// <param name="Contacts">Contacts.</param>
/// <param name="FirstDue">When the clock of the oldest runs out; null for work without a deadline.</param>
/// <param name="LastDue">When that of the youngest does.</param>
/// <param name="Overdue">Contacts whose clock has run out by now.</param>
public sealed record TodayAge(double YoungestMinutes, double OldestMinutes, int Contacts, Instant? FirstDue, Instant? LastDue, int? Overdue);

/// <summary>The first clock at risk.</summary>
/// <param name="Probability">Probability that a clock runs out between now and the end of the day.</param>
/// <param name="Earliest">The earliest moment at which one did in any replication.</param>
/// <param name="Median">The middle one of the replications in which one did.</param>
/// <param name="IsLegal">Whether a law sets the clock.</param>
public sealed record TodayClock(double Probability, Instant Earliest, Instant Median, bool IsLegal);

/// <summary>Something that is not known, or cannot be told.</summary>
/// <param name="Code">The kind of it: noForecast, noVolumes, noServed, noBacklog, agesUnknown or cannotBeStaffed.</param>
/// <param name="Message">In words.</param>
public sealed record TodayNote(string Code, string Message);

/// <summary>People of a skill group, interval by interval.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Items">From the interval that holds now to the end of the day.</param>
public sealed record TodayGroup(string Group, IReadOnlyList<TodayGroupInterval> Items);

/// <summary>People of a skill group in an interval.</summary>
/// <param name="Start">Start.</param>
/// <param name="Required">Heads required in the roster for the rest of the day as it is expected now, shrinkage included.</param>
/// <param name="RequiredPresent">The same without those expected to be missing: what is needed of the people who come.</param>
/// <param name="Scheduled">Heads rostered for the group, absent ones included.</param>
/// <param name="Present">Heads rostered and not known to be absent; in the running interval neither those whose state says so.</param>
/// <param name="Gap">Required − scheduled; heads too many when negative.</param>
/// <param name="PresentGap">Required present − present.</param>
public sealed record TodayGroupInterval(
    Instant Start, double Required, double RequiredPresent, double Scheduled, double Present, double Gap, double PresentGap);

/// <summary>A person of the day.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="IsAbsent">True when leave has taken the running or next shift away.</param>
/// <param name="Now">What is planned now; null when nothing is.</param>
/// <param name="Next">What is planned next today or in the shift that runs into tomorrow; null when nothing is.</param>
/// <param name="State">What the person is doing, as told; null when it is not known.</param>
/// <param name="Adherence">Share of the scheduled time so far in the right kind of activity; null when it is not known.</param>
public sealed record TodayPerson(string Agent, bool IsAbsent, TodaySegment? Now, TodaySegment? Next, TodayState? State, double? Adherence);

/// <summary>A part of a shift.</summary>
/// <param name="Kind">Kind of activity.</param>
/// <param name="Group">Skill group worked; null for anything but work.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
public sealed record TodaySegment(string Kind, string? Group, Instant Start, Instant End);

/// <summary>What a person is doing.</summary>
/// <param name="State">As it was told.</param>
/// <param name="Activity">Kind of activity that it is taken for; null when it is mapped to none.</param>
/// <param name="Since">Since when.</param>
/// <param name="AsOf">Until when states are known.</param>
public sealed record TodayState(string State, string? Activity, Instant Since, Instant AsOf);
