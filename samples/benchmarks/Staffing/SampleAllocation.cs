using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Pipeline;
using Wfm.Benchmarks.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Benchmarks.Staffing;

/// <summary>The week after the sample operation's history as a problem of allocation.</summary>
/// <remarks>Sample paths are the last 26 weeks of every series, each hub's local week moved onto the week to come, all series the same week in a path,
/// scaled to the level of the last eight.</remarks>
internal sealed class SampleAllocation
{
    private const int Weeks = 26;
    private const int LevelWeeks = 8;
    private const int Around = 2; // days staffed before and after the week, so that its edges are like its middle

    private static readonly Duration Fine = Duration.FromMinutes(SampleCalendar.IntervalMinutes);
    private static readonly string[] Wellbeing = ["org-wellbeing"];

    private readonly SampleOperationFiles _files = SampleOperationFiles.Load();
    private readonly ConstraintCatalog _catalog;
    private readonly List<(string Hub, QueueWork Work)> _works;

    public SampleAllocation(Duration interval, double breachPrice, ConstraintCatalog catalog)
    {
        (_catalog, BreachPrice) = (catalog, breachPrice);
        Span = new AllocationSpan(Instant.FromUtc(2026, 11, 2, 0, 0), interval, (int)(Duration.FromDays(7) / interval));
        var generator = new SampleVolumeGenerator(_files);
        _works = [.. _files.Series.Select(s => (s.Hub, Work(generator, s)))];
        Kinds = [.. _files.Hubs.SelectMany(People)];
    }

    public AllocationSpan Span { get; }

    public double BreachPrice { get; }

    public IReadOnlyList<AllocationKind> Kinds { get; }

    public IReadOnlyList<string> Languages(string group) =>
        [.. _files.Queues.Where(q => q.SkillGroup == group).Select(q => q.Language).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Lines of work at risk levels.</summary>
    /// <param name="levels">Probabilities that the heads are enough.</param>
    /// <param name="isGlobal">Whether every hub may do all work, or each its own.</param>
    public IReadOnlyList<IReadOnlyList<AllocationLine>> Lines(IReadOnlyList<double> levels, bool isGlobal)
    {
        var global = isGlobal ? _files.Queues.Select(q => q.Code).ToHashSet(StringComparer.Ordinal) : [];
        var (start, end) = (Span.Start - Duration.FromDays(Around), Span.End + Duration.FromDays(Around));
        var places = _works.GroupBy(w => isGlobal ? "" : w.Hub, StringComparer.Ordinal)
            .Select(g => (Hub: g.Key, Required: PooledStaffer.Require([.. g.Select(w => w.Work)], start, end, levels, CancellationToken.None))).ToList();
        var open = new bool[(int)((Span.End - Span.Start) / Fine)];
        Array.Fill(open, true);
        return
        [
            .. levels.Select((_, l) => AllocationDemand.Lines(
                Span, [.. places.Select(p => new HubRequirements(p.Hub, p.Required[l], open))], global, BreachPrice)),
        ];
    }

    public AllocationProblem Problem(IReadOnlyList<AllocationLine> lines) =>
        new(Span, [.. _files.Hubs.Select(h => new AllocationHub(h.Code, h.Seats))], lines, Kinds);

    private QueueWork Work(SampleVolumeGenerator generator, SampleSeries series)
    {
        var (hub, queue) = (_files.HubsByCode[series.Hub], _files.QueuesByCode[series.Queue]);
        var history = new SampleSeriesHistory(_files, generator, series).All;
        var (start, end) = (Span.Start - Duration.FromDays(Around), Span.End + Duration.FromDays(Around));
        var grid = GridSpan.Even(new IntervalGrid(Fine, DateTimeZone.Utc), start, end);
        var weeks = Enumerable.Range(1, Weeks).Select(w => WeeksAgo(history, hub, grid, w)).ToList();
        var level = weeks.Take(LevelWeeks).Average(w => w.Sum());
        var aht = new double[grid.Count];
        Array.Fill(aht, series.AhtSeconds);
        return new QueueWork(
            Planned(queue), grid, [.. weeks.Select(w => Scaled(w, level / Math.Max(1, weeks.Average(v => v.Sum()))))], aht,
            [.. Enumerable.Range(0, grid.Count).Select(i => hub.IsOpen((start + (Fine * i)).InZone(hub.Zone).LocalDateTime))],
            Scheduling.Staffing.Shrinkage.Combine(hub.PlannedShrinkage, hub.UnplannedShrinkage));
    }

    // Two days beyond the week come from the week one further back where the history has ended.
    private static double[] WeeksAgo(TimeSeries history, SampleHub hub, GridSpan grid, int weeks)
    {
        var values = new double[grid.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var local = (grid.Start + (Fine * i)).InZone(hub.Zone).LocalDateTime;
            var ago = weeks;
            int at;
            do
            {
                at = (int)((hub.Zone.AtLeniently(local.PlusWeeks(-ago)).ToInstant() - history.Start) / Fine);
                ago++;
            }
            while (at >= history.Length || double.IsNaN(history.Values[at]));
            values[i] = history.Values[at];
        }

        return values;
    }

    private static double[] Scaled(double[] values, double by) => [.. values.Select(v => v * by)];

    private static PlannedQueue Planned(SampleQueue queue)
    {
        var planned = new WorkQueue
        {
            Code = queue.Code,
            Name = queue.Name,
            Channel = queue.Channel,
            Kind = queue.Immediate ? WorkKind.Immediate : WorkKind.Deferrable,
            Language = queue.Language,
            Severity = queue.Severity,
            Priority = queue.Priority,
            SkillGroup = queue.SkillGroup,
            ExposureClass = queue.ExposureClass,
            AhtSeconds = queue.AhtSeconds,
            Concurrency = queue.Concurrency,
            MinimumHeads = queue.MinimumHeads,
            Goal = queue.Goal,
        };
        return planned.ToPlanned();
    }

    private IReadOnlyList<AllocationKind> People(SampleHub hub)
    {
        var contracts = _files.Contracts.ToDictionary(
            c => c.Code,
            c => new Contract(
                c.Code, Duration.FromHours(c.MinimumWeeklyHours), Duration.FromHours(c.MaximumWeeklyHours), c.MaximumDaysPerWeek, c.Templates),
            StringComparer.Ordinal);
        var first = Span.Start.InZone(hub.Zone).Date;
        var versions = _files.Policies.Where(p => p.Code == hub.LabourPolicy || Wellbeing.Contains(p.Code)).Select(p => p.ToVersion(p.ValidFrom, Span.Start));
        var leave = _files.TimeOff.ToLookup(t => t.Agent, StringComparer.Ordinal);
        var problem = new RosterProblem(
            hub.Zone, first, 9, Fine, [.. _files.Agents.Where(a => a.Hub == hub.Code).Select(a => Agent(a, contracts[a.Contract], hub, leave[a.Code]))],
            [.. _files.ShiftTemplates.Where(t => t.Hub == hub.Code).Select(Template)], [], LabourPolicyMapping.ToProblem([.. versions], first, _catalog),
            RosterObjective.Default, [], []);
        var costs = _files.Contracts.ToDictionary(c => c.Code, c => c.CostPerHour, StringComparer.Ordinal);
        return AllocationPeople.Of(hub.Code, problem, costs, Span, new AllocationTerms());
    }

    private static RosterAgent Agent(SampleAgent agent, Contract contract, SampleHub hub, IEnumerable<SampleTimeOff> leave) => new(
        agent.Code, contract, [.. agent.Skills.Select(s => new AgentSkill(s.Group, s.Proficiency))],
        [.. agent.Availability.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))],
        [
            .. leave.Select(t => new TimeOff(
                hub.Zone.AtLeniently(t.StartLocal).ToInstant(), hub.Zone.AtLeniently(t.EndLocal).ToInstant(), Enum.Parse<LeaveKind>(t.Kind, ignoreCase: true))),
        ],
        agent.OptOutGroups);

    private static ShiftTemplate Template(SampleShiftTemplate template) => new(
        template.Code, template.EarliestStart, template.LatestStart, Duration.FromMinutes(template.StartStepMinutes),
        Duration.FromMinutes(template.LengthMinutes),
        [
            .. template.Breaks.Select(b => new BreakRule(
                b.Kind, Duration.FromMinutes(b.LengthMinutes), Duration.FromMinutes(b.EarliestAfterMinutes), Duration.FromMinutes(b.LatestAfterMinutes),
                b.Paid)),
        ],
        template.Days.Count == 0 ? DaysOfWeek.All : template.Days.Aggregate(DaysOfWeek.None, (set, day) => set | (DaysOfWeek)(1 << ((int)day - 1))));
}
