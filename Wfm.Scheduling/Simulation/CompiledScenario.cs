using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>A scenario as flat arrays in seconds, shared by all replications.</summary>
internal sealed class CompiledScenario
{
    public CompiledScenario(ServiceScenario scenario, double warmUp)
    {
        var queues = scenario.Queues;
        var agents = scenario.Agents;
        (Queues, Agents, Horizon, WarmUp) = (queues.Count, agents.Count, scenario.Horizon.TotalSeconds, warmUp);
        ReturnsDeferrable = scenario.Handover == Handover.ReturnDeferrable;
        var interval = scenario.Interval.TotalSeconds;
        IsDeferrable = [.. queues.Select(q => q.Deferrable is not null)];
        Rank = [.. queues.Select(q => ServiceDiscipline.Rank(q.Immediate is not null, q.Priority))];
        Claim = [.. queues.Select(q => ClaimOf(q, scenario.Discipline))];
        ActionFraction = [.. queues.Select(q => q.Deferrable?.ActionFraction ?? 1)];
        WorkLeft =
        [
            .. queues.Select((q, i) => q.Deferrable is null ? 0 : ServiceDiscipline.LatestStartSeconds(ActionFraction[i] * q.AhtSeconds.Average())),
        ];
        Threshold = [.. queues.Select(q => q.Immediate?.Threshold?.TotalSeconds ?? 0)];
        HasThreshold = [.. queues.Select(q => q.Immediate?.Threshold is not null)];
        Slots = [.. queues.Select(q => q.Concurrency.Slots)];
        ServesOneByOne = [.. agents.Select(a => a.Skills.Any(s => queues[s.Queue].Immediate is not null && queues[s.Queue].Concurrency.Slots == 1))];
        Inflation = [.. queues.Select(q => q.Concurrency.InflationPerSlot)];
        DeadlineAfter = [.. queues.Select(q => q.Deferrable is { } goal ? (goal.Fraction < 1 ? goal.Latest : goal.Turnaround).TotalSeconds : 0)];
        Clocks = [.. queues.Select(q => q.Deferrable is { } goal ? new OpenClock(goal.ClockStopsWhenClosed ? q.Open : null, interval) : null)];
        Streams = [.. queues.Select((q, i) => new ArrivalStream(q, interval, Clocks[i]))];
        StreamNumber = [.. queues.Select((q, i) => q.Stream ?? i)];
        OpeningContacts = queues.Sum(q => q.OpeningBacklog.Sum(b => (double)b.Contacts));
        ServiceScenario.RequireAffordable(OpeningContacts);
        EntersAt = [.. queues.Select(q => q.EntersAt.TotalSeconds)];
        OpeningAges = [.. queues.Select(q => Ages(q.OpeningBacklog, q.EntersAt.TotalSeconds))];
        Speed = new double[agents.Count * queues.Count];
        for (var a = 0; a < agents.Count; a++)
        {
            foreach (var skill in agents[a].Skills) Speed[a * queues.Count + skill.Queue] = skill.Speed;
        }
        Skills = [.. agents.Select(a => a.Skills.Select(s => s.Queue).Order().ToArray())];
        Spans = [.. agents.Select(a => Available(a.Periods))];
        FirstSlot = new int[agents.Count + 1];
        for (var a = 0; a < agents.Count; a++) FirstSlot[a + 1] = FirstSlot[a] + Skills[a].Select(q => Slots[q]).DefaultIfEmpty(1).Max();
        Skilled = [.. Enumerable.Range(0, queues.Count).Select(q => Enumerable.Range(0, agents.Count).Where(a => Speed[a * queues.Count + q] > 0)
            .OrderBy(a => Skills[a].Length).ThenByDescending(a => Speed[a * queues.Count + q]).ToArray())];
    }

    public int Queues { get; }

    public int Agents { get; }

    public double Horizon { get; }

    public double WarmUp { get; }

    public bool ReturnsDeferrable { get; }

    public bool[] IsDeferrable { get; }

    public int[] Rank { get; }

    public DeadlineClaim[] Claim { get; }

    /// <summary>Per queue the share of the handle time after which a contact is done.</summary>
    public double[] ActionFraction { get; }

    /// <summary>Seconds before its deadline at which a contact must begin; 0 for live work, which need only be answered by then.</summary>
    public double[] WorkLeft { get; }

    public double[] Threshold { get; }

    public bool[] HasThreshold { get; }

    public int[] Slots { get; }

    /// <summary>Agents who also serve live work that needs them alone.</summary>
    public bool[] ServesOneByOne { get; }

    public double[] Inflation { get; }

    /// <summary>Seconds on the queue's clock from arrival to the deadline whose miss is a breach.</summary>
    public double[] DeadlineAfter { get; }

    public OpenClock?[] Clocks { get; }

    public ArrivalStream[] Streams { get; }

    /// <summary>Per queue the number of its random numbers.</summary>
    public int[] StreamNumber { get; }

    /// <summary>From when on a missed deadline is a clock at risk; one missed before is late already.</summary>
    public double RiskFrom { get; init; }

    /// <summary>Per queue the moment at which the backlog was counted, and is there.</summary>
    public double[] EntersAt { get; }

    /// <summary>Per queue the ages at the start of the contacts open then, oldest first; below zero for what arrived between the start and the
    /// count.</summary>
    public double[][] OpeningAges { get; }

    public double OpeningContacts { get; }

    /// <summary>[agent × queues + queue]; 0 without the skill.</summary>
    public double[] Speed { get; }

    public int[][] Skills { get; }

    /// <summary>When each agent is there. Another replication may have other people missing, and all else the same.</summary>
    public Span[][] Spans { get; set; }

    /// <summary>Agent a holds contacts in slots FirstSlot[a] to FirstSlot[a + 1] − 1.</summary>
    public int[] FirstSlot { get; }

    /// <summary>Per queue the agents with the skill, those with the fewest other skills first, then the fastest.</summary>
    public int[][] Skilled { get; }

    private static DeadlineClaim ClaimOf(SimulatedQueue queue, ServiceDiscipline discipline) =>
        queue.Immediate is not null ? discipline.Live(queue.Severity, queue.Reach) : discipline.Deadline(queue.LegalClock, queue.Severity, queue.Reach);

    /// <summary>Ages at the start of the horizon, oldest first.</summary>
    /// <param name="counted">Seconds from the start to the moment at which the ages were told.</param>
    internal static double[] Ages(IReadOnlyList<OpenContacts> backlog, double counted) =>
        [.. backlog.SelectMany(b => Enumerable.Range(0, b.Contacts)
            .Select(i => (b.Youngest + (b.Oldest - b.Youngest) * ((i + 0.5) / b.Contacts)).TotalSeconds - counted)).OrderDescending()];

    /// <summary>The stretches between breaks. A break at either edge of a period, or right after another, leaves no stretch of its own.</summary>
    internal static Span[] Available(IReadOnlyList<WorkingPeriod> periods)
    {
        var spans = new List<Span>();
        foreach (var period in periods)
        {
            var start = period.Start.TotalSeconds;
            foreach (var pause in period.Breaks)
            {
                var (from, to) = (pause.Start.TotalSeconds, pause.End.TotalSeconds);
                if (from > start)
                    spans.Add(new Span(start, from, to - from));
                else if (spans.Count > 0 && spans[^1].BreakAfter > 0 && spans[^1].End + spans[^1].BreakAfter == from)
                    spans[^1] = spans[^1] with { BreakAfter = to - spans[^1].End };
                start = to;
            }
            if (period.End.TotalSeconds > start) spans.Add(new Span(start, period.End.TotalSeconds, 0));
            else if (spans.Count > 0 && spans[^1].End > period.Start.TotalSeconds) spans[^1] = spans[^1] with { BreakAfter = 0 };
        }
        return [.. spans];
    }

    /// <summary>A stretch in which contacts are taken, and the length of the break after it; 0 when the shift ends there.</summary>
    internal readonly record struct Span(double Start, double End, double BreakAfter);
}
