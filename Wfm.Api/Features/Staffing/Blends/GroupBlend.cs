using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Blending;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Api.Features.Staffing.Blends;

/// <summary>Stored curves of immediate and deferrable queues at one risk level, served by the same people.</summary>
/// <remarks>
/// Immediate queues keep the agents each has by itself. Deferrable work arrives as its stored curve does and is due by the queue's promise. Minimum presence is
/// people in a room: of the deferrable queues the largest counts, and it works on tickets like other idle time.
/// </remarks>
internal sealed class GroupBlend
{
    private const double Grain = 1e-6; // of an agent: sums of shares are whole but for rounding

    private readonly IReadOnlyList<SeriesRequirement> _rows;
    private readonly WaterfallRow[][] _steps; // [row][interval]
    private readonly GridSpan _span;
    private readonly bool[] _open;

    /// <param name="rows">Curves over the same intervals, at least one of them of deferrable work.</param>
    /// <param name="hub">The hub, for its opening hours.</param>
    public GroupBlend(IReadOnlyList<SeriesRequirement> rows, Hub hub)
    {
        _rows = rows;
        _steps = [.. rows.Select(row => Enumerable.Range(0, row.Heads.Length).Select(i => WaterfallRow.At(row, i)).ToArray())];
        _span = rows[0].Span;
        var (planned, open) = (hub.ToPlanned(), new bool[rows.Count][]);
        foreach (var (r, row) in rows.Index())
        {
            open[r] = planned.When(row.Series!.Queue!.ToPlanned()).Over(_span);
        }

        _open = [.. Enumerable.Range(0, Count).Select(i => Array.Exists(open, queue => queue[i]))];
        if (Enumerable.Range(0, Count).Any(i => !_open[i] && rows.Any(row => row.Heads[i] > 0)))
        {
            throw ProblemException.Semantic(
                "id", "The opening hours have changed since the requirement was computed; compute it again with POST /api/v1/requirements.");
        }
    }

    private int Count => _rows[0].Heads.Length;

    public BlendResponse Blend(double usableIdle)
    {
        var immediate = Immediate();
        // As the requirement does, the horizon does its own work: nothing that can be worked is left at its end.
        var plan = BlendedStaffing.Plan(immediate, [.. Deferrable.SelectMany(Classes)], _span.Grid.Interval, _open, usableIdle, closingBacklogHours: 0);
        var working = WorkingShare();
        double[] immediateHeads = [.. _open.Select((_, i) => Of(WorkKind.Immediate).Sum(r => _rows[r].Heads[i]))];
        double[] heads = [.. plan.Agents.Select((agents, i) => immediateHeads[i] + ((agents - OwnAgents(i)) / working))];
        double[] separate = [.. _open.Select((_, i) => _rows.Sum(row => row.Heads[i]))];
        double[] separateAgents = [.. _open.Select((_, i) => _steps.Sum(steps => AtWork(steps[i])))];
        BlendInterval[] items =
        [
            .. plan.Agents.Select(
                (agents, i) =>
                    new BlendInterval(
                        _span.StartOf(i), plan.ImmediateLoad[i], plan.ImmediateMargin[i], plan.DeferrableWork[i], plan.FromIdle[i], plan.Extra[i], agents,
                        heads[i], separate[i])),
        ];
        return new BlendResponse(
            _rows[0].RiskLevel, usableIdle, _rows[0].IntervalMinutes, Total(plan.Agents, heads), Total(separateAgents, separate),
            Hours(plan.DeferrableWork), Hours(plan.FromIdle), [.. _rows.Select(Describe)], items, Next: null);
    }

    private IEnumerable<SeriesRequirement> Deferrable => _rows.Where(row => row.Series!.Queue!.Kind == WorkKind.Deferrable);

    private IEnumerable<int> Of(WorkKind kind) => Enumerable.Range(0, _rows.Count).Where(r => _rows[r].Series!.Queue!.Kind == kind);

    /// <summary>Agents of the immediate queues in an interval, whole.</summary>
    private int OwnAgents(int i) => (int)Math.Ceiling(Of(WorkKind.Immediate).Sum(r => AtWork(_steps[r][i])) - Grain);

    private StaffingRequirement Immediate()
    {
        var presence = Deferrable.Max(row => row.Series!.Queue!.MinimumHeads);
        int[] agents = [.. _open.Select((open, i) => Math.Max(OwnAgents(i), open ? presence : 0))];
        // Contacts that give up need no agent, so a queue by itself may have more load than agents.
        double[] load =
        [
            .. _open.Select((_, i) => Of(WorkKind.Immediate).Sum(r => Math.Min(AtWork(_steps[r][i]), _steps[r][i].Workload + _steps[r][i].Deferral))),
        ];
        var none = new double[Count];
        var waterfall = new Waterfall(none, load, none, [.. agents.Select((a, i) => a - load[i])], none, none, none, none);
        return new StaffingRequirement(waterfall, agents, [.. agents.Select(a => (double)a)], agents);
    }

    /// <summary>The deadline classes of a queue; its stored arrivals at the risk level, in hours.</summary>
    private static IEnumerable<DeferrableClass> Classes(SeriesRequirement row)
    {
        var queue = row.Series!.Queue!;
        var goal = queue.Goal.ToDeferrable();
        double[] hours =
        [
            .. row.ArrivedHours!.Select((arrived, i) => i == 0 ? Math.Max(0, arrived - row.OpeningBacklogHours) : arrived - row.ArrivedHours![i - 1]),
        ];
        yield return Class(goal.Fraction, goal.Turnaround);
        if (goal.Fraction < 1)
        {
            yield return Class(1 - goal.Fraction, goal.Latest);
        }

        DeferrableClass Class(double share, Duration turnaround) =>
            new(
                queue.Code,
                [.. hours.Select(h => share * h)],
                turnaround, [new AgedBacklog(Duration.Zero, turnaround, share * row.OpeningBacklogHours)], goal.ClockStopsWhenClosed)
            {
                Claim = queue.ToPlanned().Claim,
            };
    }

    private static double AtWork(WaterfallRow steps) => steps.Workload + steps.Deferral + steps.Queueing + steps.Occupancy + steps.Minimum;

    /// <summary>1 − shrinkage when the requirement was computed; a hub has one shrinkage.</summary>
    private double WorkingShare()
    {
        var atWork = _steps.Sum(row => row.Sum(AtWork));
        return atWork > 0 ? atWork / (atWork + _steps.Sum(row => row.Sum(steps => steps.Shrinkage))) : 1;
    }

    private double Hours(double[] agents) => agents.Sum() * _span.Grid.Interval.TotalHours;

    private BlendTotal Total(double[] agents, double[] heads) => new(agents.Max(), Hours(agents), heads.Max(), Hours(heads));

    private BlendQueue Describe(SeriesRequirement row) => new(row.Series!.Queue!.Code, row.Series.Queue.Kind, row.Heads.Max(), Hours(row.Heads), row.Breach);
}
