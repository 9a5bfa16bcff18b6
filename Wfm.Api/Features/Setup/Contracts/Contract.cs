using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Contracts;

/// <summary>What a person agreed to work.</summary>
public sealed class Contract : VersionedEntity
{
    public required string Name { get; set; }
    public double MinimumWeeklyHours { get; set; }
    public double MaximumWeeklyHours { get; set; } = 40;
    public int? MaximumDaysPerWeek { get; set; }

    /// <summary>Usual working days; empty when they are not agreed.</summary>
    public List<IsoDayOfWeek> WorkingDays { get; set; } = [];

    /// <summary>Cost of a paid hour, in the operation's currency.</summary>
    public double CostPerHour { get; set; } = 1;

    /// <summary>Shift templates allowed; empty allows all of the hub.</summary>
    public List<string> Templates { get; set; } = [];
}
