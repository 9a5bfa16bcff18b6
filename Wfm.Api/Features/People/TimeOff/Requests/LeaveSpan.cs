using NodaTime;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>A time away, with what each of its local dates costs.</summary>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Days">Every local date that it meets.</param>
public sealed record LeaveSpan(Instant Start, Instant End, IReadOnlyList<LeaveDayData> Days)
{
    public LocalDate First => Days[0].Date;

    public LocalDate Last => Days[^1].Date;

    public static LeaveSpan Of(LeaveRequest request) => new(request.Start, request.End, request.Days);
}
