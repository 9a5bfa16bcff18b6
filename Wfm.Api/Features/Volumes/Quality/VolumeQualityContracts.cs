using NodaTime;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>What a planner should know about the history of one series before trusting a forecast of it.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="IntervalMinutes">Length of an interval in minutes.</param>
/// <param name="FirstInterval">Start of the first interval in the stretch; null when there is none.</param>
/// <param name="LastInterval">Start of the last interval in the stretch; null when there is none.</param>
/// <param name="Expected">Intervals from the first to the last, both counted.</param>
/// <param name="Present">Of those, intervals with figures.</param>
/// <param name="Missing">Of those, intervals without.</param>
/// <param name="GapCount">Runs of missing intervals.</param>
/// <param name="Gaps">The longest 20 of them, longest first.</param>
/// <param name="ZeroRuns">Runs without a single contact where this time of week usually brings some: at most 20, the most surprising first.</param>
/// <param name="Outliers">Intervals far from what the same time of week brings: at most 20, the farthest first.</param>
/// <param name="LevelShifts">Days from which the volume is lastingly higher or lower: at most 10, in order of time.</param>
/// <param name="Findings">All that in sentences, the gravest first; times are the hub's.</param>
public sealed record SeriesQuality(
    string Queue,
    string Hub,
    int IntervalMinutes,
    Instant? FirstInterval,
    Instant? LastInterval,
    int Expected,
    int Present,
    int Missing,
    int GapCount,
    IReadOnlyList<IntervalRun> Gaps,
    IReadOnlyList<ZeroRun> ZeroRuns,
    IReadOnlyList<VolumeOutlier> Outliers,
    IReadOnlyList<LevelShift> LevelShifts,
    IReadOnlyList<string> Findings);

/// <summary>Intervals in a row.</summary>
/// <param name="From">Start of the first.</param>
/// <param name="To">End of the last.</param>
/// <param name="Intervals">How many.</param>
public sealed record IntervalRun(Instant From, Instant To, int Intervals);

/// <summary>Intervals in a row with nothing offered.</summary>
/// <param name="From">Start of the first.</param>
/// <param name="To">End of the last.</param>
/// <param name="Intervals">How many.</param>
/// <param name="UsuallyOffered">Contacts these times of week usually bring together (sum of medians).</param>
public sealed record ZeroRun(Instant From, Instant To, int Intervals, double UsuallyOffered);

/// <summary>An interval far from its kind.</summary>
/// <param name="IntervalStart">Its start.</param>
/// <param name="Offered">Contacts it brought.</param>
/// <param name="Usual">Median of the same time of week.</param>
/// <param name="RobustZ">Distance from the median in robust standard deviations; negative below.</param>
public sealed record VolumeOutlier(Instant IntervalStart, double Offered, double Usual, double RobustZ);

/// <summary>A lasting change of the daily volume.</summary>
/// <param name="Day">First local day of the new level.</param>
/// <param name="Before">Median contacts a day in the four weeks before.</param>
/// <param name="After">Median contacts a day in the four weeks from that day.</param>
/// <param name="Change">Fraction: 0.25 is a quarter more.</param>
public sealed record LevelShift(LocalDate Day, double Before, double After, double Change);
