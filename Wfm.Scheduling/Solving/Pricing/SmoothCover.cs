using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The cost of coverage with its kinks rounded off, so that it has a slope everywhere: the prices of the relaxation.</summary>
/// <remarks>The slope at a gap is the mean over a window of gaps around it, the gradient of a Huber-like function (Nesterov 2005).</remarks>
internal sealed class SmoothCover
{
    private const int Halvings = 10;

    private readonly CoverageCosts _costs;
    private readonly double[] _level;

    public SmoothCover(CompiledProblem compiled)
    {
        _costs = compiled.Costs;
        _level = [.. Enumerable.Range(0, _costs.Groups).Select(g => Level(_costs, g))];
        Scheduled = compiled.Start.Scheduled.ToArray();
    }

    /// <summary>Coverage, what is fixed included.</summary>
    public double[] Scheduled { get; }

    /// <summary>Width of the window, as a part of what a group needs on average.</summary>
    public double Window { get; set; } = 1;

    /// <summary>The slope of every interval.</summary>
    public void Slopes(double[] prices)
    {
        for (var group = 0; group < _costs.Groups; group++)
        {
            var window = Window * _level[group];
            for (var k = group * _costs.Stride; k < (group * _costs.Stride) + _costs.Intervals; k++)
            {
                prices[k] = Slope(k, Scheduled[k], window);
            }
        }
    }

    /// <summary>Moves a block from what it gives toward what it was found to give at the prices, as far as that lowers the cost.</summary>
    public void Step(WeekBlock block)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = i == 0 ? 1 : (low + high) / 2;
            if (Slope(block, middle) > 0) high = middle;
            else low = middle;
            if (low == 1) break;
        }

        Move(block, low);
        block.Mix(low);
    }

    /// <summary>Adds what the blocks give.</summary>
    public void Add(WeekBlock block)
    {
        for (var group = 0; group < _costs.Groups; group++)
        {
            var at = (group * _costs.Stride) + block.First;
            for (var i = 0; i < block.Width; i++)
            {
                Scheduled[at + i] += block.Given[(group * block.Width) + i];
            }
        }
    }

    private void Move(WeekBlock block, double part)
    {
        for (var group = 0; group < _costs.Groups; group++)
        {
            var at = (group * _costs.Stride) + block.First;
            for (var i = 0; i < block.Width; i++)
            {
                Scheduled[at + i] += part * (block.Found[(group * block.Width) + i] - block.Given[(group * block.Width) + i]);
            }
        }
    }

    private double Slope(WeekBlock block, double part)
    {
        var slope = block.FoundCost - block.GivenCost;
        for (var group = 0; group < _costs.Groups; group++)
        {
            var at = (group * _costs.Stride) + block.First;
            var given = block.Given.AsSpan(group * block.Width, block.Width);
            var found = block.Found.AsSpan(group * block.Width, block.Width);
            var window = Window * _level[group];
            for (var i = 0; i < given.Length; i++)
            {
                var change = found[i] - given[i];
                if (change != 0) slope += change * Slope(at + i, Scheduled[at + i] + (part * change), window);
            }
        }

        return slope;
    }

    private double Slope(int k, double scheduled, double window)
    {
        var missing = Missing(_costs.Required[k] - scheduled, window);
        var slope = (_costs.Over[k] * (1 - missing)) - (_costs.Under[k] * missing) - (_costs.DeepUnder[k] * Missing(_costs.Deep[k] - scheduled, window));
        return slope - (_costs.RelaxedMinimumUnder[k] * Missing(_costs.RelaxedMinimum[k] - scheduled, window));
    }

    private static double Level(CoverageCosts costs, int group)
    {
        var required = costs.Required.AsSpan(group * costs.Stride, costs.Intervals).ToArray().Where(r => r > 0).ToArray();
        return required.Length > 0 ? required.Average() : Money.HeadHour;
    }

    private static double Missing(double gap, double window) => Math.Clamp((gap / window) + 0.5, 0, 1);
}
