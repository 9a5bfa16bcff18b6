using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Editing;

/// <summary>What a single day of a person has to respect beside the rules of working time: the solver never makes a shift against it, an edit could.</summary>
internal sealed class DayRules(CompiledProblem compiled)
{
    private static readonly GivenRule Skill = new("skill", "People work on groups they have the skill for.");
    private static readonly GivenRule OptOut = new("optOut", "Nobody works on what they have opted out of.");
    private static readonly GivenRule Leave = new("leave", "Nobody works on granted leave.");
    private static readonly GivenRule Availability = new("availability", "Shifts lie within the availability of a person.");
    private static readonly GivenRule Employment = new("employment", "Shifts begin on days of employment.");
    private static readonly GivenRule Templates =
        new("contractTemplates", "A contract names the shifts that may be given.") { Authority = RuleAuthority.Agreement };

    /// <summary>Rules that a shift breaks by who works it and when.</summary>
    public IEnumerable<Violation> Broken(int agent, RosterShift shift)
    {
        var (person, calendar) = (compiled.Problem.Agents[agent], compiled.Calendar);
        if (!person.IsEmployed(shift.Date))
        {
            yield return Day(
                Employment, (shift.End - shift.Start).TotalMinutes, "minutes",
                $"Employed {(person.EmployedFrom is { } from ? $"from {from} " : "")}{(person.EmployedTo is { } to ? $"to {to}" : "on")}, not on {shift.Date}.",
                "contract of employment");
        }

        var contract = person.ContractOn(shift.Date);
        if (contract.Templates?.Contains(shift.Template) == false)
        {
            yield return Day(
                Templates, 1, "shifts", $"'{shift.Template}' is none of the shifts that may be given: {string.Join(", ", contract.Templates)}.",
                $"contract {contract.Code}");
        }

        foreach (var off in person.TimeOff)
        {
            var met = shift.Activities.Where(a => !compiled.Problem.Activities.IsAway(a.Kind) && a.Start < off.End && off.Start < a.End)
                .Sum(a => (Instant.Min(a.End, off.End) - Instant.Max(a.Start, off.Start)).TotalMinutes);
            if (met > 0) yield return Day(Leave, met, "minutes", $"{met:0} minutes of it lie in leave from {off.Start} to {off.End}.", "granted leave");
        }

        if (AvailableTimes.Of(person, calendar)?.Outside(calendar.Minute(shift.Start), calendar.Minute(shift.End)) is > 0 and var outside)
        {
            yield return Day(
                Availability, outside, "minutes", $"{outside} minutes of {shift.Start} to {shift.End} do not lie within it.", "availability of the person");
        }

        foreach (var work in shift.Activities.Where(a => a.Group is not null).GroupBy(a => a.Group!, StringComparer.Ordinal))
        {
            var minutes = work.Sum(a => (a.End - a.Start).TotalMinutes);
            var broken = compiled.Skills.Find(work.Key) is not (var group and >= 0) || !compiled.Skills.HasSkill(agent, group)
                ? Day(Skill, minutes, "minutes", $"{minutes:0} minutes on '{work.Key}' without the skill.", "skills of the person")
                : compiled.Skills.IsOptedOut(agent, group)
                    ? Day(OptOut, minutes, "minutes", $"{minutes:0} minutes on '{work.Key}'.", "opt-out of the person")
                    : null;
            if (broken is not null) yield return broken with { Group = work.Key };
        }

        Violation Day(RuleKind kind, double amount, string unit, string message, string source) =>
            new(person.Id, kind, shift.Date, shift.Date, amount, unit, message, source) { Text = kind.Text };
    }
}
