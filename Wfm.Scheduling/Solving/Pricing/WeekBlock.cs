using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The same week of some agents: what a mixture of their weeks gives, and what they would give at the latest prices.</summary>
internal sealed class WeekBlock
{
    private readonly CompiledProblem _compiled;

    private WeekBlock(CompiledProblem compiled, OpenWeek[] weeks)
    {
        (_compiled, Weeks) = (compiled, weeks);
        var calendar = compiled.Calendar;
        First = calendar.Midnight(weeks[0].From) / calendar.IntervalMinutes;
        var longest = Math.Max(4, compiled.Shifts.LongestProfile) + 1;
        Width = Math.Min(
            compiled.Costs.Stride - First, ((calendar.Midnight(weeks[0].To) - calendar.Midnight(weeks[0].From)) / calendar.IntervalMinutes) + longest);
        (Given, Found) = (new double[compiled.Costs.Groups * Width], new double[compiled.Costs.Groups * Width]);
    }

    public OpenWeek[] Weeks { get; }

    /// <summary>First interval.</summary>
    public int First { get; }

    /// <summary>Intervals from there on.</summary>
    public int Width { get; }

    /// <summary>Coverage of the mixture: group × width + interval.</summary>
    public double[] Given { get; }

    /// <summary>What the mixture costs besides coverage.</summary>
    public double GivenCost { get; set; }

    /// <summary>Coverage of the cheapest weeks.</summary>
    public double[] Found { get; }

    /// <summary>What they cost besides coverage.</summary>
    public double FoundCost { get; private set; }

    /// <summary>All agents' weeks, in so many parts each.</summary>
    public static WeekBlock[] Of(CompiledProblem compiled, int parts)
    {
        var size = Math.Max(1, (compiled.Agents + parts - 1) / parts);
        return [.. OpenWeek.Of(compiled).GroupBy(w => w.Index).SelectMany(w => w.Chunk(size)).Select(w => new WeekBlock(compiled, w))];
    }

    /// <summary>Adds what a shift covers.</summary>
    public void Add(double[] coverage, int agent, in DayCell cell) => _compiled.Cover(cell, agent, (group, first, profile, percent) =>
    {
        var at = (group * Width) + first - First;
        for (var i = 0; i < profile.Length; i++)
        {
            if (profile[i] != 0) coverage[at + i] += profile[i] * percent;
        }
    });

    /// <summary>Notes the cost of the cheapest weeks, of which the coverage at the prices is taken off.</summary>
    public void Close(double cost, double[] prices)
    {
        for (var group = 0; group < _compiled.Costs.Groups; group++)
        {
            var at = (group * _compiled.Costs.Stride) + First;
            for (var i = 0; i < Width; i++)
            {
                cost -= prices[at + i] * Found[(group * Width) + i];
            }
        }

        FoundCost = cost;
    }

    /// <summary>Mixes a part of the cheapest weeks in.</summary>
    public void Mix(double part)
    {
        GivenCost += part * (FoundCost - GivenCost);
        for (var i = 0; i < Given.Length; i++)
        {
            Given[i] += part * (Found[i] - Given[i]);
        }
    }
}
