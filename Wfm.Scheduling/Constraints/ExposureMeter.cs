using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>How much of a day's work counts in a limit on harmful content.</summary>
internal sealed class ExposureMeter
{
    private readonly ShiftCatalog _shifts;
    private readonly double? _minimumClass;
    private readonly int[] _weights;
    private readonly double[] _factors;

    /// <param name="context">The problem.</param>
    /// <param name="minimumClass">Only groups that may show content of this class or above count, each minute once; <see langword="null"/> for all work, each
    /// minute as many times as its class.</param>
    /// <param name="basis">How groups of several classes count.</param>
    public ExposureMeter(RuleContext context, double? minimumClass, ExposureBasis basis)
    {
        (_shifts, _minimumClass) = (context.Shifts, minimumClass);
        _weights = [.. context.Problem.Demand.Select(d => (int)Math.Round(d.ExposureWeight * 100))];
        _factors = [.. context.Problem.Demand.Select(d => d.ExposureWeight == 0 ? 0
            : GroupExposure.Weight(d.ExposureWeight, d.ExposureShares, minimumClass, basis) / d.ExposureWeight)];
    }

    /// <summary>What an hour on a group counts: groups with equal numbers are the same to the limit.</summary>
    public double Sees(int group) => _weights[group] * _factors[group];

    /// <summary>Minutes × 100 of a day that count: of an unknown group those with their weight, or none above a class.</summary>
    public long Hundredths(in DayCell cell)
    {
        if (cell.Exposure == 0) return 0;
        if (_shifts.Work(cell) is not { } work) return cell.Blocks == 0 ? Of(cell.Group, cell.Exposure) : OfBlocks(cell);
        long sum = 0;
        foreach (var (group, exposure) in work.Exposures)
        {
            sum += Of(group, exposure);
        }

        return sum;
    }

    private long OfBlocks(in DayCell cell)
    {
        var other = _weights[cell.Other] * _shifts.OtherMinutes(cell);
        return Of(cell.Group, cell.Exposure - other) + Of(cell.Other, other);
    }

    private long Of(int group, int exposure) =>
        group < 0
            ? _minimumClass is null
                ? exposure
                : 0
            : _factors[group] is var factor && factor == 1
                ? exposure
                : (long)Math.Round(exposure * factor);
}
