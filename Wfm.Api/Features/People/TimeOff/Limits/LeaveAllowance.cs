using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Limits;

/// <summary>How much leave a hub, or the people of one of its groups, may have on a day.</summary>
public sealed class LeaveAllowance : VersionedEntity
{
    public Guid HubId { get; set; }
    public Hub? Hub { get; init; }

    /// <summary>Only people with a skill in this group; null for everybody of the hub.</summary>
    public string? Group { get; set; }

    public LocalDate? From { get; set; }

    /// <summary>Last local date.</summary>
    public LocalDate? To { get; set; }

    /// <summary>Days of the week; empty for all.</summary>
    public List<IsoDayOfWeek> Days { get; set; } = [];

    public AllowanceMeasure Measure { get; set; }
    public double Limit { get; set; }

    /// <summary>Codes of the types that count; empty for all that are asked for.</summary>
    public List<string> Types { get; set; } = [];

    public bool IsOf(LocalDate date) => !(date < From) && !(date > To) && (Days.Count == 0 || Days.Contains(date.DayOfWeek));

    public bool Counts(string type) => Types.Count == 0 || Types.Contains(type);
}

/// <summary>Days on which nobody of a hub, or of some of its groups, takes leave.</summary>
public sealed class LeaveBlackout : VersionedEntity
{
    /// <summary>Null for every hub.</summary>
    public Guid? HubId { get; set; }
    public Hub? Hub { get; init; }

    /// <summary>Only people with a skill in one of these groups; empty for everybody.</summary>
    public List<string> Groups { get; set; } = [];

    public LocalDate From { get; set; }

    /// <summary>Last local date.</summary>
    public LocalDate To { get; set; }

    public required string Reason { get; set; }

    /// <summary>Codes of the types that it refuses; empty for all that are asked for.</summary>
    public List<string> Types { get; set; } = [];

    public bool Refuses(string type) => Types.Count == 0 || Types.Contains(type);
}
