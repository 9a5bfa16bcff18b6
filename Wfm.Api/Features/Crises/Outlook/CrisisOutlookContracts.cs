using NodaTime;
using Wfm.Forecasting.Calendar;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>What a crisis is likely to bring, and which clocks run out if nothing is done.</summary>
/// <param name="Crisis">Identity of the crisis.</param>
/// <param name="At">The moment, to the minute.</param>
/// <param name="End">End of the hours ahead, at most until where the forecasts reach.</param>
/// <param name="Queues">The queues that it is about, hub by hub: what came, the course that was learned, what is likely to come.</param>
/// <param name="Sums">The same hours by hub, by language and in all. Queues of one crisis are taken to be large or small together.</param>
/// <param name="Clocks">Work with a deadline at the hubs of the crisis, with the rosters in force: legal clocks first, then by probability.</param>
/// <param name="Services">Every queue of the hubs as it ends if nothing is done.</param>
/// <param name="Method">How it was made, in words.</param>
/// <param name="Notes">What is not known, in words.</param>
public sealed record CrisisOutlookResponse(
    Guid Crisis, Instant At, Instant End, IReadOnlyList<CrisisQueueOutlook> Queues, IReadOnlyList<CrisisSum> Sums, IReadOnlyList<CrisisClock> Clocks,
    IReadOnlyList<QueueOutlookFigures> Services, string Method, IReadOnlyList<string> Notes)
{
    internal const string HowMade =
        "Usual volume is the newest forecast from before the crisis; volume = usual × (1 + height × course), courses of a library of jumps and decays weighed "
            + "by what came since the declared start, so it is another one after every import. Service and clocks by simulation of the rosters in force: "
            + "contact by contact, on up to 100 paths.";
}

/// <summary>What a crisis does to a queue at a hub.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group.</param>
/// <param name="Language">Language.</param>
/// <param name="AsOf">End of the last interval whose volume is known; null where nothing has come in since the start.</param>
/// <param name="Observed">Contacts since the start.</param>
/// <param name="UsualSoFar">Contacts that are usual in the same intervals.</param>
/// <param name="FactorNow">Volume ÷ usual volume now, mean of the courses; null where the size is told.</param>
/// <param name="HalfLifeHours">Hours until what is beyond the usual is halved; null where the size is told.</param>
/// <param name="BackToUsual">When it is as likely as not below 1.1 times the usual for good; null where the size is told, or it takes longer than a
/// year.</param>
/// <param name="Courses">Probability of each family of courses; null where the size is told.</param>
/// <param name="Ahead">The hours ahead.</param>
public sealed record CrisisQueueOutlook(
    string Hub, string Queue, string Group, string Language, Instant? AsOf, double Observed, double UsualSoFar, double? FactorNow, double? HalfLifeHours,
    Instant? BackToUsual, IReadOnlyList<CourseProbability>? Courses, SurgeBand Ahead);

/// <summary>How likely a family of courses is.</summary>
/// <param name="Family">The family.</param>
/// <param name="Probability">Its probability; all together they are 1.</param>
public sealed record CourseProbability(CrisisFamily Family, double Probability);

/// <summary>Contacts of some hours: what is usual, and what may come.</summary>
/// <param name="Usual">Usual contacts.</param>
/// <param name="Mean">Expected contacts.</param>
/// <param name="P10">Contacts of which one case in ten stays below.</param>
/// <param name="P50">Contacts of which every other case stays below.</param>
/// <param name="P90">Contacts of which nine cases in ten stay below.</param>
public sealed record SurgeBand(double Usual, double Mean, double P10, double P50, double P90);

/// <summary>An hour of a sum.</summary>
/// <param name="Start">Start of the hour.</param>
/// <param name="Band">What may come.</param>
public sealed record SurgeHour(Instant Start, SurgeBand Band);

/// <summary>What is summed.</summary>
public enum CrisisSumBy
{
    /// <summary>All queues that the crisis is about.</summary>
    All,

    /// <summary>Those at a hub.</summary>
    Hub,

    /// <summary>Those of a language.</summary>
    Language,
}

/// <summary>Queues of a crisis together.</summary>
/// <param name="By">What is summed.</param>
/// <param name="Name">Code of the hub, or language; empty for all.</param>
/// <param name="Ahead">The hours ahead together.</param>
/// <param name="Hours">Hour by hour.</param>
public sealed record CrisisSum(CrisisSumBy By, string Name, SurgeBand Ahead, IReadOnlyList<SurgeHour> Hours);

/// <summary>The clock of work with a deadline, if nothing is done.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Language">Language.</param>
/// <param name="IsLegal">Whether a law sets it.</param>
/// <param name="TurnaroundMinutes">What is promised.</param>
/// <param name="Probability">Probability that it runs out for a contact before the end of the hours ahead.</param>
/// <param name="Earliest">The earliest moment in any replication; null where it never did.</param>
/// <param name="Median">The middle one of the replications in which it does.</param>
/// <param name="Late">Contacts that are not done by their deadline.</param>
public sealed record CrisisClock(
    string Hub, string Queue, string Language, bool IsLegal, double TurnaroundMinutes, double Probability, Instant? Earliest, Instant? Median, double Late);

/// <summary>A queue at a hub with its figures.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group.</param>
/// <param name="Figures">What it ends with.</param>
public sealed record QueueOutlookFigures(string Hub, string Queue, string Group, ServiceFigures Figures);

/// <summary>What a queue ends with.</summary>
/// <param name="ProbabilityClockKept">Probability that no deadline of these hours is missed; null of work that is answered at once.</param>
/// <param name="ProbabilityGoalMet">Probability that every target of the goal is met.</param>
/// <param name="Share">Mean share in time; null where no contact counts.</param>
/// <param name="Late">Contacts not done by their deadline.</param>
/// <param name="Abandoned">Contacts that give up.</param>
/// <param name="Left">Contacts open at the end: the backlog.</param>
public sealed record ServiceFigures(
    double? ProbabilityClockKept, double ProbabilityGoalMet, double? Share, double Late, double Abandoned, double Left);
