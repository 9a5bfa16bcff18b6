using NodaTime;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Scheduling.Staffing;

/// <summary>Deferrable work over many paths: the deadlines' shape is worked out once and shared by all of them.</summary>
internal sealed class DeferrableRisk
{
    private readonly DeferrableWork _work;
    private readonly OpenAxis _axis;
    private readonly double _intervalHours;
    private readonly Promise[] _promises;

    private DeferrableRisk(DeferrableWork work)
    {
        _work = work;
        _axis = new OpenAxis(work.Open);
        _intervalHours = work.Interval.TotalHours;
        var goal = work.Goal;
        _promises = goal.Fraction < 1
            ? [MakePromise(goal.Fraction, goal.Turnaround), MakePromise(1 - goal.Fraction, goal.Latest)]
            : [MakePromise(1, goal.Turnaround)];
    }

    private double OpeningHours => _work.OpeningBacklogContacts * _work.AhtSeconds[0] / 3600;

    private double ClosingHours => _work.ClosingBacklogContacts is { } contacts ? contacts * _work.AhtSeconds[^1] / 3600 : OpeningHours;

    public static RequirementCurve Require(DeferrableWork work, double riskLevel, CancellationToken cancellationToken)
    {
        var risk = new DeferrableRisk(work);
        var hours = Enumerable.Range(0, work.VolumePaths.Length).Select(path => risk.Hours(path, cancellationToken)).ToArray();
        var arrived = PathQuantile.Pointwise([.. hours.Select(h => DeadlineCurve.Cumulative(h, risk.OpeningHours))], riskLevel, cancellationToken);
        var curves = risk._promises
            .Select(promise => promise.Scale(
                PathQuantile.Pointwise([.. hours.Select(h => risk.Due(promise, h, cancellationToken))], riskLevel, cancellationToken), arrived, risk._axis))
            .ToArray();
        double[] due = [.. Enumerable.Range(1, work.Open.Length).Select(b => curves.Sum(c => c.Due[risk._axis.Before(b)]))];
        var agents = risk.Agents(curves, arrived[^1]);
        var waterfall = risk.Explain(agents, arrived);
        double[] heads = [.. agents.Select((a, i) => Math.Max(a, work.Open[i] ? work.MinimumHeads : 0) / (1 - work.Shrinkage[i]))];
        var breach = risk.Breach(PathQuantile.Pointwise(hours, riskLevel, cancellationToken));
        return new RequirementCurve(riskLevel, waterfall, heads, due, [.. arrived.Skip(1)], breach);
    }

    private double[] Hours(int path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [.. _work.VolumePaths[path].Select((volume, i) => volume * (_work.AhtPaths is { } aht ? aht[path][i] : _work.AhtSeconds[i]) / 3600)];
    }

    private double[] Agents(DeadlineCurve[] curves, double arrivedHours)
    {
        DeferrableStaffing.RaiseEnd(curves, arrivedHours - ClosingHours);
        return DeferrableStaffing.OnHorizon(DeferrableStaffing.Rates(curves), _axis, _intervalHours);
    }

    /// <summary>What is due by each boundary of the open axis if all of the work had this promise.</summary>
    private double[] Due(Promise promise, double[] hours, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var due = new double[_axis.Count + 1];
        foreach (var piece in promise.Backlog) Add(piece, OpeningHours);
        for (var i = 0; i < hours.Length; i++)
        {
            foreach (var piece in promise.Shape[i]) Add(piece, hours[i]);
        }
        DeadlineCurve.Accumulate(due);
        return due;

        void Add(DuePiece piece, double work)
        {
            if (piece.PlannedDue != DuePiece.Never) due[piece.PlannedDue] += piece.Share * work;
        }
    }

    private StaffingBreach? Breach(double[] hours)
    {
        var lost = new BreachTally();
        foreach (var promise in _promises)
        {
            foreach (var piece in promise.Backlog.Where(p => p.Breach is not null))
                lost.Add(piece.Due, promise.Share * piece.Share * OpeningHours, piece.Breach ?? default);
            for (var i = 0; i < hours.Length; i++)
            {
                foreach (var piece in promise.Shape[i])
                {
                    if (piece.Breach is { } reason) lost.Add(piece.Due, promise.Share * piece.Share * hours[i], reason);
                }
            }
        }
        return lost.First(_work.Interval);
    }

    private Waterfall Explain(double[] agents, double[] arrived)
    {
        var waterfall = new Waterfall(agents.Length);
        for (var i = 0; i < agents.Length; i++)
        {
            var working = Math.Max(agents[i], _work.Open[i] ? _work.MinimumHeads : 0);
            waterfall.Workload[i] = (arrived[i + 1] - arrived[i]) / _intervalHours;
            waterfall.Volume[i] = (arrived[i + 1] - arrived[i]) * 3600 / _work.AhtSeconds[i];
            waterfall.DeferralMargin[i] = agents[i] - waterfall.Workload[i];
            waterfall.MinimumMargin[i] = working - agents[i];
            waterfall.ShrinkageMargin[i] = working / (1 - _work.Shrinkage[i]) - working;
        }
        return waterfall;
    }

    private Promise MakePromise(double share, Duration turnaround)
    {
        var shape = new DeadlineShape(_axis, turnaround / _work.Interval, _work.Goal.ClockStopsWhenClosed);
        return new Promise(share, shape, [.. shape.Backlog(-turnaround / _work.Interval, 0)]);
    }

    /// <summary>A share of the contacts with its turnaround; the backlog is evenly aged up to that turnaround.</summary>
    private sealed record Promise(double Share, DeadlineShape Shape, DuePiece[] Backlog)
    {
        public DeadlineCurve Scale(double[] due, double[] arrived, OpenAxis axis) =>
            new([.. due.Select(d => Share * d)], [.. DeadlineCurve.ArrivedOnAxis(arrived, axis).Select(a => Share * a)]);
    }
}
