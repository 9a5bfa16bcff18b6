using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Commands.Plan;

/// <summary>The team a plan assumes when it is given only volumes: anonymous people, full and part time, sized to the requirement.</summary>
internal static class PlanTeam
{
    private const double FullTimeWeek = 37.5;
    private const double PartTimeWeek = 20;
    private const double PartTimeShare = 0.3;
    private const double WorkPerPaidHour = 0.93; // two paid quarter-hour breaks in seven and a half paid hours
    private const double PeakAllowance = 1.1; // shifts are longer than peaks

    /// <summary>People for the week that needs most.</summary>
    /// <param name="weeklyHeadHours">Head-hours required, week by week.</param>
    public static int Size(IEnumerable<double> weeklyHeadHours)
    {
        var perPerson = ((1 - PartTimeShare) * FullTimeWeek) + (PartTimeShare * PartTimeWeek);
        return (int)Math.Ceiling(weeklyHeadHours.DefaultIfEmpty().Max() * PeakAllowance / (perPerson * WorkPerPaidHour));
    }

    public static List<RosterAgent> People(string group, int count)
    {
        var full = new Contract("full-time", Hours(0.8 * FullTimeWeek), Hours(FullTimeWeek), 5, null);
        var part = new Contract("part-time", Hours(0.8 * PartTimeWeek), Hours(PartTimeWeek), 5, null);
        return [.. Enumerable.Range(1, count).Select(i => new RosterAgent(
            $"{group}-{i:000}", i % 10 < 10 * PartTimeShare ? part : full, [new AgentSkill(group, 1)], [], [], []))];
    }

    /// <summary>Shifts that fit the open hours: one start an hour, full and half days.</summary>
    public static List<ShiftTemplate> Shifts((LocalTime Opens, LocalTime Closes) hours, DaysOfWeek days) =>
        [.. Templates(hours.Opens, hours.Closes, days).OrderBy(t => t.Code, StringComparer.Ordinal)];

    private static List<ShiftTemplate> Templates(LocalTime opens, LocalTime closes, DaysOfWeek days)
    {
        BreakRule[] full = [Rest(15, 90, 120), new(ActivityKinds.Meal, Duration.FromMinutes(30), Minutes(180), Minutes(270), Paid: false), Rest(15, 345, 390)];
        BreakRule[] half = [Rest(15, 90, 150)];
        var (fullLength, halfLength) = (480, 240);
        if (opens == LocalTime.Midnight && closes == LocalTime.Midnight)
        {
            return
            [
                Template("early", new LocalTime(5, 0), new LocalTime(10, 0), fullLength, full, days),
                Template("late", new LocalTime(11, 0), new LocalTime(16, 0), fullLength, full, days),
                Template("night", new LocalTime(20, 0), new LocalTime(23, 30), fullLength, full, days),
                Template("half-day", new LocalTime(6, 0), new LocalTime(18, 0), halfLength, half, days),
            ];
        }

        var open = closes == LocalTime.Midnight ? Period.FromHours(24).ToDuration() - (opens - LocalTime.Midnight).ToDuration() : (closes - opens).ToDuration();
        var templates = new List<ShiftTemplate>();
        foreach (var (code, length, breaks) in new[] { ("full-day", fullLength, full), ("half-day", halfLength, half) })
        {
            if (open >= Minutes(length))
            {
                templates.Add(Template(code, opens, opens.PlusMinutes((long)(open.TotalMinutes - length)), length, breaks, days));
            }
        }

        return templates.Count > 0 ? templates : [Template("short-day", opens, opens, (int)open.TotalMinutes, [], days)];
    }

    /// <summary>A policy of the sample operation by its code.</summary>
    /// <exception cref="FormatException">There is none; the message names those there are.</exception>
    public static LabourPolicy Policy(string code)
    {
        var policies = SampleOperationFiles.Load().Policies;
        var policy = policies.FirstOrDefault(p => p.Code == code)
            ?? throw new FormatException($"There is no labour policy '{code}'; there are {string.Join(", ", policies.Select(p => p.Code))}.");
        return LabourPolicyMapping.ToProblem([policy.ToVersion(LocalDate.MinIsoValue, Instant.MinValue)], LocalDate.MinIsoValue, ConstraintCatalog.Known);
    }

    private static ShiftTemplate Template(string code, LocalTime earliest, LocalTime latest, int minutes, BreakRule[] breaks, DaysOfWeek days) =>
        new(code, earliest, latest, Duration.FromMinutes(30), Minutes(minutes), breaks, days);

    private static BreakRule Rest(int minutes, int earliest, int latest) =>
        new(ActivityKinds.Break, Minutes(minutes), Minutes(earliest), Minutes(latest), Paid: true);

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);

    private static Duration Hours(double hours) => Duration.FromMinutes(Math.Round(hours * 60));
}
