using System.Globalization;
using System.Text;
using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>One roster to be made, in parts that can be taken away one by one to find the smallest that still fails.</summary>
internal sealed record RandomCase(int Seed, DateTimeZone Zone, LocalDate Start, int Days, int IntervalMinutes, int Moves)
{
    public IReadOnlyList<RosterAgent> Agents { get; init; } = [];

    public IReadOnlyList<ShiftTemplate> Templates { get; init; } = [];

    public IReadOnlyList<DemandLine> Demand { get; init; } = [];

    /// <summary>The rules in the auditor's words.</summary>
    public IReadOnlyList<AuditedRule> Rules { get; init; } = [];

    public IReadOnlyList<OutsideShift> Around { get; init; } = [];

    public IReadOnlyList<PinnedShift> Pinned { get; init; } = [];

    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Monday;

    public DaysOfWeek WeekendDays { get; init; } = DaysOfWeek.Weekend;

    public ExposureBasis ExposureBasis { get; init; }

    public SegmentedShifts SegmentedShifts { get; init; }

    public int? Seats { get; init; }

    public RosterProblem Problem() =>
        new(
            Zone, Start, Days, Duration.FromMinutes(IntervalMinutes), Agents, Templates, Demand,
            new LabourPolicy("law", Start.PlusDays(-400), [.. Rules.Select(ToRule)])
            {
                FirstDayOfWeek = FirstDayOfWeek,
                WeekendDays = WeekendDays,
                ExposureBasis = ExposureBasis,
                SegmentedShifts = SegmentedShifts,
            },
            RosterObjective.Default, Around, Pinned)
        {
            Seats = Seats,
        };

    public RosterResult Solve() => new RosterSolver().Solve(Problem(), new SolveLimits(Seed, Moves));

    /// <summary>The same without one part, for each part there is; larger parts first.</summary>
    public IEnumerable<RandomCase> Smaller()
    {
        foreach (var agent in Agents)
        {
            yield return this with
            {
                Agents = [.. Agents.Where(a => a != agent)],
                Around = [.. Around.Where(s => s.AgentId != agent.Id)],
                Pinned = [.. Pinned.Where(p => p.AgentId != agent.Id)],
            };
        }

        foreach (var i in Enumerable.Range(0, Rules.Count)) yield return this with { Rules = Without(Rules, i) };
        foreach (var i in Enumerable.Range(0, Pinned.Count)) yield return this with { Pinned = Without(Pinned, i) };
        foreach (var i in Enumerable.Range(0, Around.Count)) yield return this with { Around = Without(Around, i) };
        if (Seats is not null) yield return this with { Seats = null };
        if (SegmentedShifts != SegmentedShifts.Never) yield return this with { SegmentedShifts = SegmentedShifts.Never };
        foreach (
            var template in Templates.Where(t => Templates.Count > 1 && Pinned.All(p => p.Shift?.Template != t.Code) && !Agents.Any(a => IsOnly(a, t.Code))))
        {
            yield return this with
            {
                Templates = [.. Templates.Where(t => t != template)],
                Agents = [.. Agents.Select(a => WithoutTemplate(a, template.Code))],
            };
        }

        foreach (var agent in Agents)
        {
            foreach (var plain in Plainer(agent)) yield return this with { Agents = [.. Agents.Select(a => a == agent ? plain : a)] };
        }
    }

    /// <summary>All of it in a few lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
        Line(
            $"{Zone.Id} {Start:uuuu-MM-dd} ({Start.DayOfWeek}) {Days} days, {IntervalMinutes} min, seed {Seed}, {Moves} moves; week from {FirstDayOfWeek}, "
                + $"weekend {WeekendDays}, {ExposureBasis}, segments {SegmentedShifts}, seats {Seats}");
        foreach (var rule in Rules) Line($"  {rule}");
        foreach (var t in Templates)
        {
            var breaks = t.Breaks.Select(b =>
                $"{b.Kind} {b.Length.TotalMinutes} at {b.EarliestAfterStart.TotalMinutes}–{b.LatestAfterStart.TotalMinutes}{(b.Paid ? " paid" : "")}");
            Line(
                $"  {t.Code}: {t.EarliestStart:HH:mm}–{t.LatestStart:HH:mm} by {t.StartStep.TotalMinutes}, {t.Length.TotalMinutes} "
                    + $"min{(t.EndsAt is { } end ? $" to {end:HH:mm}" : "")}; {string.Join(", ", breaks)} {t.Days}");
        }

        foreach (var a in Agents)
        {
            Line(
                $"  {a.Id}: {Show(a.Contract)}{string.Concat(a.Terms.Select(t => $"; from {t.From:MM-dd} {Show(t.Contract)}"))}; employed "
                    + $"{a.EmployedFrom:MM-dd}…{a.EmployedTo:MM-dd}; "
                    + $"{string.Join(' ', a.Skills.Select(s => $"{s.Group} {s.Proficiency:0.##}"))} without {string.Join(' ', a.OptOutGroups)}; "
                    + $"available {string.Join(' ', a.Availability.Select(w => $"{w.Day} {w.From:HH:mm}–{w.To:HH:mm}"))}; leave "
                    + $"{string.Join(' ', a.TimeOff.Select(t => $"{t.Kind} {Local(t.Start)}…{Local(t.End)}"))}");
        }

        foreach (var s in Around.OrderBy(s => s.AgentId, StringComparer.Ordinal).ThenBy(s => s.Start))
        {
            Line($"  around {s.AgentId} {Local(s.Start)}…{Local(s.End)} paid {s.Paid.TotalMinutes} {s.Template} {s.Group} {s.Activities.Count} activities");
        }

        foreach (var p in Pinned) Line($"  pinned {p.AgentId} {p.Date:MM-dd} {(p.Shift is { } s ? $"{Local(s.Start)}…{Local(s.End)} {s.Template}" : "off")}");
        return text.ToString();
    }

    public string Show(IEnumerable<RosterShift> shifts) =>
        string.Concat(shifts.Select(s => $"  shift {s.AgentId} {Local(s.Start)}…{Local(s.End)} {s.Template}\n"));

    private static LabourRule ToRule(AuditedRule rule) =>
        ConstraintCatalog.Known.Rule(rule.Kind, new RuleParameters(rule.Parameters), "property", new LocalDate(2026, 1, 1), rule.Kind, rule.From, rule.To);

    private static bool IsOnly(RosterAgent agent, string code) =>
        agent.Terms.Select(t => t.Contract).Append(agent.Contract).Any(c => c.Templates is [var only] && only == code);

    private static RosterAgent WithoutTemplate(RosterAgent agent, string code)
    {
        Contract Of(Contract c) =>
            c.Templates is null || !c.Templates.Contains(code)
                ? c
                : new Contract(c.Code, c.MinimumWeeklyHours, c.MaximumWeeklyHours, c.MaximumDaysPerWeek, [.. c.Templates.Where(t => t != code)])
                {
                    WorkingDays = c.WorkingDays,
                };
        return Copy(agent, Of(agent.Contract), agent.Availability, agent.OptOutGroups) with
        {
            Terms = [.. agent.Terms.Select(t => new ContractTerm(t.From, Of(t.Contract)))],
        };
    }

    private static IEnumerable<RosterAgent> Plainer(RosterAgent agent)
    {
        foreach (var i in Enumerable.Range(0, agent.TimeOff.Count)) yield return agent with { TimeOff = Without(agent.TimeOff, i) };
        if (agent.Terms.Count > 0) yield return agent with { Terms = [] };
        if (agent.EmployedFrom is not null) yield return agent with { EmployedFrom = null };
        if (agent.EmployedTo is not null) yield return agent with { EmployedTo = null };
        if (agent.Availability.Count > 0) yield return Copy(agent, agent.Contract, [], agent.OptOutGroups);
        if (agent.OptOutGroups.Count > 0) yield return Copy(agent, agent.Contract, agent.Availability, []);
    }

    private static RosterAgent Copy(RosterAgent a, Contract contract, IReadOnlyList<AvailabilityWindow> availability, IReadOnlyList<string> optOut) =>
        new(a.Id, contract, a.Skills, availability, a.TimeOff, optOut)
        {
            Terms = a.Terms,
            EmployedFrom = a.EmployedFrom,
            EmployedTo = a.EmployedTo,
            Ledger = a.Ledger,
        };

    private static T[] Without<T>(IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];

    private string Local(Instant instant) => instant.InZone(Zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Show(Contract c) =>
        $"{c.MinimumWeeklyHours.TotalHours:0.#}–{c.MaximumWeeklyHours.TotalHours:0.#} h, "
            + $"{c.MaximumDaysPerWeek?.ToString(CultureInfo.InvariantCulture) ?? "any"} days, {c.WorkingDays?.ToString() ?? "no usual days"}, "
            + $"{(c.Templates is null ? "all" : string.Join('+', c.Templates))}";
}
