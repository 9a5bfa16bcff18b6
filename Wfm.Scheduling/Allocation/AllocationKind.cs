using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>People of one hub with the same skills, contract and availability.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Skills">Groups they can work, with their mean proficiency; they serve one at a time.</param>
/// <param name="CostPerHour">Cost of a paid hour, 0 or more.</param>
/// <param name="Moments">At chosen moments, how many of them are there to be at work: nobody is on two shifts, or rests after one, at the same
/// moment.</param>
/// <param name="MaximumHours">Paid hours of all of them in the span, at most.</param>
/// <param name="MaximumShifts">Shifts of all of them in the span, at most.</param>
/// <param name="Offers">The shifts they may work.</param>
public sealed record AllocationKind(
    string Name, string Hub, IReadOnlyList<AgentSkill> Skills, double CostPerHour, double[] Moments, double MaximumHours, double MaximumShifts,
    IReadOnlyList<ShiftOffer> Offers)
{
    /// <summary>People.</summary>
    public int Heads { get; init; }

    /// <summary>Most hours of one shift on work of <see cref="LimitedClass"/> or above; <see langword="null"/> for no limit.</summary>
    public double? LimitedHours { get; init; }

    /// <summary>The class of content that is limited.</summary>
    public int LimitedClass { get; init; }
}

/// <summary>A shift that people of a kind may work.</summary>
/// <param name="Template">Code of its template.</param>
/// <param name="Date">Local date on which it starts.</param>
/// <param name="Start">When it starts.</param>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="NightHours">Of the hours paid, those in the local night.</param>
/// <param name="WeekendHours">Of the hours paid, those on a local weekend.</param>
/// <param name="Cost">What it costs with all premiums.</param>
/// <param name="Intervals">Intervals in which it is there, ascending from its start on, after the last one again from 0.</param>
/// <param name="Working">Share of each of these intervals in which it works: breaks and handover take away from it.</param>
/// <param name="OnSite">Share of each in which it takes a seat.</param>
/// <param name="Moments">Numbers of the moments of its kind that it takes, the rest after it included.</param>
public sealed record ShiftOffer(
    string Template, LocalDate Date, Instant Start, double PaidHours, double NightHours, double WeekendHours, double Cost, int[] Intervals, double[] Working,
    double[] OnSite, int[] Moments);

/// <summary>A hub: what it has beside its people.</summary>
/// <param name="Code">Code.</param>
/// <param name="Seats">Seats; <see langword="null"/> for enough.</param>
/// <param name="MaximumNightHours">Paid hours in the local night in the span, at most; <see langword="null"/> for no cap.</param>
/// <exception cref="SchedulingDataException">A negative value.</exception>
public sealed record AllocationHub(string Code, int? Seats = null, double? MaximumNightHours = null)
{
    /// <summary>Code.</summary>
    public string Code { get; } = Guard.Text(Code, "hub", nameof(Code));

    /// <summary>Seats.</summary>
    public int? Seats { get; } = Seats is null ? null : Guard.AtLeast(Seats.Value, 0, $"hub '{Code}'", nameof(Seats));

    /// <summary>Paid hours in the local night, at most.</summary>
    public double? MaximumNightHours { get; } =
        MaximumNightHours is null ? null : Guard.NotNegative(MaximumNightHours.Value, $"hub '{Code}'", nameof(MaximumNightHours));
}
