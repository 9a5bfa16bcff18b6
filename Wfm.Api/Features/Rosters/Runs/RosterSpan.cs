using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Whether a requirement reaches as far as a roster asks for.</summary>
internal static class RosterSpan
{
    /// <summary>Why these days cannot be rostered; null when they can.</summary>
    public static string? WhyNot(Hub hub, RequirementRun requirement, LocalDate start, int days)
    {
        var (from, to) = (hub.Days.StartOfDay(start), hub.Days.StartOfDay(start.PlusDays(days)));
        return from >= requirement.Forecast!.CutOff && to <= requirement.Forecast.End
            ? null
            : $"The roster from {start:uuuu-MM-dd} over {days} days is not inside the requirement, which reaches from {requirement.Forecast.CutOff} to "
                + $"{requirement.Forecast.End}.";
    }

    /// <summary>Why this risk level cannot be rostered for; null when it can.</summary>
    public static string? WhyNot(RequirementRun requirement, double riskLevel) =>
        requirement.RiskLevels.Contains(riskLevel)
            ? null
            : $"The requirement has the risk levels {string.Join(", ", requirement.RiskLevels)}, not {riskLevel}; choose one of them or compute another "
                + "requirement.";
}
