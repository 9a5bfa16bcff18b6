using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>Shrinkage drawn into a roster: whole shifts missed (unplanned: sickness), and stretches away from work inside the others (planned: meetings,
/// training).</summary>
/// <remarks>
/// Of the time in the roster 1 − (1 − planned)(1 − unplanned) is lost in expectation, which is what requirements divide by
/// (<see cref="Shrinkage.Combine"/>), but in lumps, as people really lose it: a service that only holds without bad luck shows it.
/// </remarks>
public sealed class Absences
{
    private readonly double _planned;
    private readonly double _unplanned;
    private readonly Duration _stretch;
    private readonly int _seed;

    /// <summary>Checks the shares.</summary>
    /// <param name="planned">Share of working time away, at least 0 and less than 1.</param>
    /// <param name="unplanned">Share of shifts missed, at least 0 and less than 1.</param>
    /// <param name="stretch">Length of a stretch away, more than zero; what is left before a break may be shorter.</param>
    /// <param name="seed">Same seed, same absences.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share or the length is outside its range.</exception>
    public Absences(double planned, double unplanned, Duration stretch, int seed)
    {
        (_planned, _unplanned, _seed) = (Guard.BelowOne(planned), Guard.BelowOne(unplanned), seed);
        _stretch = Guard.Positive(stretch);
    }

    /// <summary>The working periods of one agent in one replication, what is missed left out.</summary>
    /// <param name="replication">Replication, 0 or more.</param>
    /// <param name="agent">Number of the agent, 0 or more.</param>
    /// <param name="periods">Periods as rostered.</param>
    /// <returns>The periods that are worked, with more breaks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public IReadOnlyList<WorkingPeriod> Apply(int replication, int agent, IReadOnlyList<WorkingPeriod> periods)
    {
        Guard.AtLeast(replication, 0);
        Guard.AtLeast(agent, 0);
        ArgumentNullException.ThrowIfNull(periods);
        for (var p = 0; p < periods.Count; p++) ArgumentNullException.ThrowIfNull(periods[p], $"{nameof(periods)}[{p}]");
        var random = new ContactRandom(_seed, replication, -1 - agent); // queues have the streams from 0 up
        var worked = new List<WorkingPeriod>(periods.Count);
        foreach (var period in periods)
        {
            if (random.NextUniform() >= _unplanned) worked.Add(_planned > 0 ? period with { Breaks = WithStretches(period, ref random) } : period);
        }
        return worked;
    }

    private List<Stretch> WithStretches(WorkingPeriod period, ref ContactRandom random)
    {
        var breaks = new List<Stretch>();
        var from = period.Start;
        foreach (var pause in period.Breaks.Append(new Stretch(period.End, period.End)))
        {
            for (; from < pause.Start; from += _stretch)
            {
                if (random.NextUniform() < _planned) breaks.Add(new Stretch(from, Duration.Min(from + _stretch, pause.Start)));
            }
            if (pause.End > pause.Start) breaks.Add(pause);
            from = pause.End;
        }
        return breaks;
    }
}
