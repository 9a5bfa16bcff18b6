using NodaTime;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Runs of late work in the bands of a roster, each with the moment at which another pair of hands would have helped most.</summary>
internal sealed class LateWork(CompiledProblem compiled, RosterState state)
{
    private const double Noticeable = 0.05 * Money.HeadHour;

    public IEnumerable<UncoveredInterval> Runs() => compiled.Costs.Bands.SelectMany(band =>
    {
        var run = BandRun.Of(band, state.Coverage.Scheduled);
        return Enumerable.Range(0, band.Classes).SelectMany(k => Runs(band, run, k));
    });

    private IEnumerable<UncoveredInterval> Runs(BandCosts band, BandRun run, int k)
    {
        var (start, missed, deepest, at) = (-1, 0.0, 0.0, 0);
        for (var i = 0; i <= band.Intervals; i++)
        {
            var late = i == band.Intervals ? 0 : Late(band, run, k, i);
            if (late >= Noticeable)
            {
                if (start < 0) (start, missed, deepest) = (i, 0, 0);
                missed += DeferrableCoverage.Missed(band, run, k, i);
                if (late > deepest) (deepest, at) = (late, i);
            }
            else if (start >= 0)
            {
                yield return Explain(band, run, k, start, i, missed, deepest, at);
                start = -1;
            }
        }
    }

    // Overdue at the end of the interval, or given up in it.
    private static double Late(BandCosts band, BandRun run, int k, int i) =>
        Math.Max(0, band.Due[band.At(k, i)] - run.Worked[band.At(k, i)]) + run.GivenUp[band.At(k, i)];

    private UncoveredInterval Explain(BandCosts band, BandRun run, int k, int start, int end, double missed, double deepest, int at)
    {
        var line = compiled.Problem.Demand[band.Group];
        var (hours, most) = (missed / Money.HeadHour, deepest / Money.HeadHour);
        var (from, to) = (Moment(start + 1), Moment(end + 1)); // from the end of the first interval that is late to that of the first that is not
        var until = end == band.Intervals ? "to the end of the period" : $"to {to}";
        return new UncoveredInterval(line.Group, from, to, hours, most, Moment(Helpful(band, run, k, at)), [])
        {
            Deadline = from,
            Message =
                $"{hours:0.0} work-hours of {line.Band!.Classes[k].Name} late from {from} {until}, at most {most:0.0} at once; the first were due by {from}.",
        };
    }

    /// <summary>While the late work waited, the interval with fewest hands.</summary>
    private int Helpful(BandCosts band, BandRun run, int k, int at)
    {
        var best = at;
        for (var i = BandWindow.Start(band, run.Worked, k, at); i <= at; i++)
        {
            if (band.Productive(i) == 0) continue;
            if (band.Productive(best) == 0 || band.Capacity(state.Coverage.Scheduled, i, out _) < band.Capacity(state.Coverage.Scheduled, best, out _))
                best = i;
        }

        return best;
    }

    private Instant Moment(int interval) => compiled.Calendar.At(interval * compiled.Calendar.IntervalMinutes);
}
