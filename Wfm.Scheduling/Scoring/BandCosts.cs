using System.Runtime.Intrinsics;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>One band and its prices, laid out for the search in units of minutes × percent: class × stride + interval, in whole blocks of intervals.</summary>
internal sealed class BandCosts
{
    /// <summary>Intervals the search looks at together.</summary>
    public const int Block = 16;

    private const double Beyond = 1e15; // after the period: so far away that nothing there is ever the nearest

    private readonly int[] _sources;
    private readonly double[] _busy;
    private readonly double[] _owed;
    private readonly double[] _productive;

    private BandCosts(int group, RosterProblem problem, RosterCalendar calendar, int stride)
    {
        var (line, objective) = (problem.Demand[group], problem.Objective);
        var band = line.Band!;
        (Group, Intervals, Classes) = (group, calendar.IntervalCount, band.Classes.Count);
        Blocks = (Intervals + Block - 1) / Block;
        var groups = problem.Demand.Select((d, g) => (d.Group, g)).ToDictionary(p => p.Group, p => p.g, StringComparer.Ordinal);
        _sources = [.. band.AlsoServedBy.Select(s => groups[s] * stride).Prepend(group * stride)];
        DemandLine[] lines = [line, .. band.AlsoServedBy.Select(s => problem.Demand[groups[s]])];
        var head = calendar.IntervalMinutes * 100.0;
        _busy = [.. lines.SelectMany(l => Padded((l.BusyHeads ?? l.Heads).Select(h => Math.Round(h * head))))];
        _owed = [.. lines.SelectMany(l => Padded(l.Heads.Select((h, i) => Math.Round(Math.Max(h, l.MinimumPresence?[i] ?? 0) * head))))];
        _productive = Padded(band.Productive);
        IdlePrice = Padded(Enumerable.Range(0, Intervals).Select(i => Money.Slope(line.OverCosts?[i] ?? objective.OverCost)));
        (Due, Arrived, GivenUp, LatePrice) = (Curves(-Beyond), Curves(Beyond), Curves(-Beyond), Curves(0));
        UndonePrice = new double[Classes];
        for (var k = 0; k < Classes; k++)
        {
            Fill(band.Classes[k], objective, k, calendar.IntervalMinutes);
        }
    }

    /// <summary>The group of the line.</summary>
    public int Group { get; }

    public int Intervals { get; }

    public int Classes { get; }

    public int Blocks { get; }

    /// <summary>Intervals and those that fill the last block, in which nothing happens.</summary>
    public int Stride => Blocks * Block;

    public double[] Due { get; }

    public double[] Arrived { get; }

    /// <summary>Work that waits no longer: what was due so long ago that it is given up.</summary>
    public double[] GivenUp { get; }

    /// <summary>Price of a unit overdue at the end of the interval; in the last one that of being left undone on top.</summary>
    public double[] LatePrice { get; }

    public double[] UndonePrice { get; }

    /// <summary>Price of a unit of superfluous time.</summary>
    public double[] IdlePrice { get; }

    /// <summary>Units that arrive in the period, all classes.</summary>
    public double Total => Enumerable.Range(0, Classes).Sum(k => Arrived[At(k, Intervals - 1)]);

    /// <summary>The same, each at the price of being left undone.</summary>
    public double TotalPrice => Enumerable.Range(0, Classes).Sum(k => Arrived[At(k, Intervals - 1)] * UndonePrice[k]);

    /// <summary>The bands of a problem.</summary>
    public static BandCosts[] Of(RosterProblem problem, RosterCalendar calendar, int stride) =>
        [.. Enumerable.Range(0, problem.Demand.Count).Where(g => problem.Demand[g].Band is not null).Select(g => new BandCosts(g, problem, calendar, stride))];

    /// <summary>Groups whose time works on the band, its own first.</summary>
    public IEnumerable<int> Sources(int stride) => _sources.Select(at => at / stride);

    public double Productive(int interval) => _productive[interval];

    public int At(int k, int interval) => (k * Stride) + interval;

    /// <summary>Productive units that each interval of a block has for the band.</summary>
    /// <param name="scheduled">Scheduled units of all groups.</param>
    /// <param name="block">The block.</param>
    /// <param name="capacity">Takes the units, at their intervals.</param>
    /// <param name="owed">Takes the part of them that is there whether the band needs it or not: for immediate work and minimum presence.</param>
    /// <remarks>Whole units, and a function of the schedule alone, so that the rounding of the productive share cannot drift.</remarks>
    public void Read(double[] scheduled, int block, double[] capacity, double[] owed)
    {
        var zero = Vector256<double>.Zero;
        for (var i = block * Block; i < (block + 1) * Block; i += 4)
        {
            var share = Vector256.LoadUnsafe(ref _productive[i]);
            var (all, kept) = (zero, zero);
            for (var s = 0; s < _sources.Length; s++)
            {
                var heads = Vector256.LoadUnsafe(ref scheduled[_sources[s] + i]);
                var busy = Vector256.LoadUnsafe(ref _busy[(s * Stride) + i]);
                all += Vector256.Round(share * Vector256.MaxNative(zero, heads - busy));
                kept += Vector256.Round(
                    share * Vector256.MaxNative(zero, Vector256.MinNative(heads, Vector256.LoadUnsafe(ref _owed[(s * Stride) + i])) - busy));
            }

            all.StoreUnsafe(ref capacity[i]);
            kept.StoreUnsafe(ref owed[i]);
        }
    }

    /// <summary>The same for one interval, the plain way.</summary>
    public double Capacity(double[] scheduled, int interval, out double owed)
    {
        var capacity = 0.0;
        owed = 0;
        for (var s = 0; s < _sources.Length; s++)
        {
            var (heads, k) = (scheduled[_sources[s] + interval], (s * Stride) + interval);
            capacity += Math.Round(_productive[interval] * Math.Max(0, heads - _busy[k]));
            owed += Math.Round(_productive[interval] * Math.Max(0, Math.Min(heads, _owed[k]) - _busy[k]));
        }

        return capacity;
    }

    private double[] Padded(IEnumerable<double> values) => [.. values.Concat(Enumerable.Repeat(0.0, Stride - Intervals))];

    private double[] Curves(double beyond)
    {
        var curves = new double[Classes * Stride];
        Array.Fill(curves, beyond);
        return curves;
    }

    private void Fill(DeadlineDemand work, RosterObjective objective, int k, int intervalMinutes)
    {
        var at = At(k, 0);
        var lag = (int)Math.Round(work.GiveUpAfter.TotalMinutes / intervalMinutes);
        var late = Money.Slope((work.LateCost ?? objective.LateCost) * work.Priority * intervalMinutes / 60.0);
        UndonePrice[k] = Money.Slope((work.UndoneCost ?? objective.UndoneCost) * work.Priority);
        for (var (i, due, arrived) = (0, 0.0, 0.0); i < Intervals; i++)
        {
            due = Math.Max(due, Math.Round(work.DueHours[i] * Money.HeadHour));
            arrived = Math.Max(Math.Max(arrived, due), Math.Round(work.ArrivedHours[i] * Money.HeadHour));
            (Due[at + i], Arrived[at + i]) = (due, arrived);
            GivenUp[at + i] = i < lag ? 0 : Due[at + i - lag];
            LatePrice[at + i] = late + (i == Intervals - 1 ? UndonePrice[k] : 0);
        }
    }
}
