using NodaTime;

namespace Wfm.Api.Features.Crises.Stored;

/// <summary>Who goes when after a crisis, and who is owed rest for it.</summary>
/// <param name="At">When it was stood down.</param>
/// <param name="By">Name of the key.</param>
/// <param name="Reason">Why.</param>
/// <param name="Steps">In order of time; who has given most goes first.</param>
public sealed record StandDownPlan(Instant At, string By, string Reason, IReadOnlyList<StandDownStep> Steps);

/// <summary>People who go at the same time.</summary>
/// <param name="Number">From 1.</param>
/// <param name="DueAt">When they are to go.</param>
/// <param name="People">The people.</param>
/// <param name="DoneAt">When they were let go; null before.</param>
/// <param name="DoneBy">Name of the key.</param>
public sealed record StandDownStep(int Number, Instant DueAt, IReadOnlyList<ReleasedPerson> People, Instant? DoneAt, string? DoneBy);

/// <summary>Somebody whom the crisis took.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="ExtraHours">Paid hours that the crisis has taken beyond what was planned.</param>
/// <param name="HoursAhead">Paid hours of shifts ahead that the crisis changed, which are taken back.</param>
/// <param name="RestHours">Hours of rest owed: the extra hours, and what waivers promise.</param>
/// <param name="Rest">Rest put into the roster; empty before the step is done, or where nothing could be.</param>
/// <param name="RestOwed">Hours of it that are still owed.</param>
/// <param name="Notes">What could not be done, with the rule that stands against it.</param>
public sealed record ReleasedPerson(
    string Agent, string Hub, double ExtraHours, double HoursAhead, double RestHours, IReadOnlyList<PlannedRest> Rest, double RestOwed,
    IReadOnlyList<string> Notes);

/// <summary>Rest in place of planned work.</summary>
/// <param name="Date">Local day of the shift that goes or begins later.</param>
/// <param name="From">When the shift would have begun.</param>
/// <param name="Until">Before this nobody asks the person to work.</param>
/// <param name="Hours">Paid hours of work that go.</param>
/// <param name="Edit">Number of the edit of the roster.</param>
public sealed record PlannedRest(LocalDate Date, Instant From, Instant Until, double Hours, int? Edit);
