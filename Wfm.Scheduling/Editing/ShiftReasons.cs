using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Editing;

/// <summary>Finds why a shift is there: by taking it away, part by part and as a whole, and by trying what else the person could do.</summary>
internal sealed class ShiftReasons(RosterDocument roster)
{
    private readonly CompiledProblem _compiled = roster.Compiled;

    public ShiftReason Of(RosterShift shift)
    {
        var off = roster.Check([new DayEdit(shift.AgentId, shift.Date, null)]);
        var serves = shift.Activities.Where(a => a.Kind == ActivityKinds.Work).Select(a => Served(shift, a)).OrderByDescending(s => s.Value)
            .ThenBy(s => s.Start).ToList();
        return new ShiftReason(shift, serves, off.After.Total - off.Before.Total, off.People.Sum(p => p.Cost), Alternative(shift, off), off.Broken);
    }

    private ServedWork Served(RosterShift shift, ShiftActivity part)
    {
        // as if the person were away from it: the day itself stays as it is
        var idle = ShiftSurgery.Overlaid(shift.Activities, new ShiftActivity(ActivityKinds.Leave, null, part.Start, part.End));
        var effect = roster.Check([new DayEdit(shift.AgentId, shift.Date, roster.Pay.With(shift, shift.Date, idle))]);
        var value = effect.After.Total - effect.Before.Total - effect.People.Sum(p => p.Cost);
        var coverage = effect.Coverage.FirstOrDefault(c => c.Group == part.Group);
        return new ServedWork(
            part.Group!, part.Start, part.End, value, coverage?.Required.DefaultIfEmpty().Average() ?? 0, coverage?.Before.DefaultIfEmpty().Average() ?? 0);
    }

    private DayAlternative? Alternative(RosterShift shift, EditEffect off)
    {
        var agent = roster.Agent(shift.AgentId);
        var best = off.Broken.Count == 0 ? new DayAlternative(null, off.After.Total - off.Before.Total) : null;
        var (at, row) = (roster.At(agent, shift.Date), _compiled.Calendar.Row(shift.Date));
        var days = roster.Days(agent);
        var then = days.ToArray();
        var prices = new CoverPrices(roster, agent, shift);
        foreach (var variant in _compiled.Eligibility.On(agent, row))
        {
            foreach (var group in _compiled.Skills.GroupsOn(agent, _compiled.Shifts[variant].Template))
            {
                if (_compiled.Eligibility.Patterns(agent, variant, group) is not [var pattern, ..]) continue;
                var cell = _compiled.Cell(variant, group, pattern);
                var other = _compiled.ShiftOf(agent, cell);
                if (other.Start == shift.Start && other.End == shift.End && shift.Activities.All(a => a.Group is null || a.Group == other.Activities[0].Group))
                    continue; // the same with other breaks
                then[row] = _compiled.Start.Place(at, cell);
                var cost = roster.Dearer(agent, days, then, row) + prices.Instead(other);
                if (cost < (best?.Cost ?? double.PositiveInfinity) && roster.FirstWorse(agent, days, then, row).Count == 0
                    && roster.SeatsBroken([new ChangedDay(shift.AgentId, shift.Date, shift, other)]).Count == 0)
                    best = new DayAlternative(other, cost);
            }
        }

        return best;
    }
}
