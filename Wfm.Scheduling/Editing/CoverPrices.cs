using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Editing;

/// <summary>What shifts of a person would change in the cost of coverage.</summary>
internal sealed class CoverPrices
{
    private readonly CompiledProblem _compiled;
    private readonly Coverage _coverage;
    private readonly int _agent;
    private readonly RosterShift? _before;

    /// <param name="roster">The roster as it stands.</param>
    /// <param name="agent">The person.</param>
    /// <param name="before">The shift that would go; <see langword="null"/> for none.</param>
    public CoverPrices(RosterDocument roster, int agent, RosterShift? before)
        : this(roster.Compiled, Standing(roster), agent, before)
    {
    }

    private CoverPrices(CompiledProblem compiled, Coverage coverage, int agent, RosterShift? before) =>
        (_compiled, _coverage, _agent, _before) = (compiled, coverage, agent, before);

    /// <summary>The same for somebody else.</summary>
    public CoverPrices For(int agent, RosterShift? before) => new(_compiled, _coverage, agent, before);

    /// <summary>Change of cost with a shift instead of the one that would go.</summary>
    public double Instead(RosterShift shift)
    {
        var cost = (_before is null ? 0 : Add(_before, -1)) + Add(shift, 1) + _coverage.BandChange();
        Add(shift, -1);
        if (_before is not null) Add(_before, 1);
        _coverage.DropBands();
        return cost / Money.Unit;
    }

    private static Coverage Standing(RosterDocument roster)
    {
        var coverage = new Coverage(roster.Told);
        coverage.Start(roster.Covered);
        coverage.Rebuild();
        return coverage;
    }

    private double Add(RosterShift shift, int sign)
    {
        var (calendar, cost) = (_compiled.Calendar, 0.0);
        var first = Math.Max(0, (int)Math.Floor((double)calendar.Minute(shift.Start) / calendar.IntervalMinutes));
        var last = Math.Min(calendar.IntervalCount, (calendar.Minute(shift.End) + calendar.IntervalMinutes - 1) / calendar.IntervalMinutes);
        if (last <= first) return 0;
        var profile = new double[((last - first + 3) / 4) * 4];
        var seat = new double[profile.Length];
        foreach (var work in shift.Activities.Where(a => a.Kind == ActivityKinds.Work).GroupBy(a => a.Group!, StringComparer.Ordinal))
        {
            if (_compiled.Skills.Find(work.Key) is not (var group and >= 0)) continue;
            if (_compiled.CountsShifts(group))
            {
                cost += work.Sum(part => Start(group, calendar.Minute(part.Start) / calendar.IntervalMinutes, sign));
                continue;
            }

            Array.Clear(profile);
            foreach (var part in work)
            {
                var from = Math.Max(0, calendar.Minute(part.Start) - (first * calendar.IntervalMinutes));
                var to = calendar.Minute(part.End) - (first * calendar.IntervalMinutes);
                ShiftCatalog.AddMinutes(profile, from, to, calendar.IntervalMinutes, 1);
                ShiftCatalog.AddMinutes(seat, from, to, calendar.IntervalMinutes, 1);
            }

            var percent = _compiled.Skills.HasSkill(_agent, group) ? _compiled.Skills.Percent(_agent, group) : 100; // whoever was put there works there
            cost += _coverage.AddPart((group * _compiled.Costs.Stride) + first, profile, sign * percent);
        }

        return cost + _coverage.AddSeat(first, seat, sign);
    }

    private double Start(int group, int interval, int sign) => interval >= _compiled.Costs.Intervals ? 0
        : _coverage.AddPart((group * _compiled.Costs.Stride) + interval, CompiledProblem.OneHead, sign * 100);
}
