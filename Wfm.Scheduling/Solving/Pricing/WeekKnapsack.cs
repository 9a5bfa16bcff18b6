using System.Numerics;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The cheapest choice of one length of work a day over a week, under a limit of minutes and one of working days, with a price on its
/// weekend.</summary>
internal sealed class WeekKnapsack
{
    private const int Counts = 8;

    private readonly int[] _units;
    private readonly int _unit;
    private readonly int[] _choices = new int[7];
    private readonly double[] _table;
    private readonly double[] _free;
    private readonly int _width;

    /// <param name="works">Lengths of work in minutes, the first 0.</param>
    public WeekKnapsack(int[] works)
    {
        _unit = Math.Max(1, works.Aggregate(0, Gcd));
        _units = [.. works.Select(w => w / _unit)];
        _width = (7 * _units.Max()) + 1;
        _table = new double[8 * Counts * _width];
        _free = new double[Counts * _width];
    }

    /// <summary>Arcs of the last solve; four of a vector count as one.</summary>
    public long Size { get; private set; }

    /// <summary>Which length a day has in the last solution.</summary>
    public int Choice(int day) => _choices[day];

    /// <param name="prices">Day × lengths + length.</param>
    /// <param name="days">Days of the week that are open.</param>
    /// <param name="minutes">Most minutes.</param>
    /// <param name="working">Most working days.</param>
    /// <param name="weekend">The first day of the weekend; <paramref name="days"/> when it has none.</param>
    /// <param name="weekendPrice">Price of working on any day from there on, not negative.</param>
    /// <param name="weekCost">Cost of the minutes of the week.</param>
    /// <returns>The least cost.</returns>
    public double Solve(ReadOnlySpan<double> prices, int days, int minutes, int working, int weekend, double weekendPrice, Func<int, double> weekCost)
    {
        var width = Math.Clamp(minutes / _unit, 0, days * _units.Max()) + 1;
        var count = Math.Clamp(working, 0, days);
        Size = (long)days * (count + 1) * (1 + (width / 4));
        Row(0, count, width).Fill(double.PositiveInfinity);
        _table[0] = 0;
        for (var day = 0; day < days; day++)
        {
            if (day == weekend) Row(day, count, width).CopyTo(_free);
            Extend(prices.Slice(day * _units.Length, _units.Length), day, count, width);
        }

        var off = 0.0;
        for (var day = weekend; day < days; day++)
        {
            off += prices[day * _units.Length];
        }

        var worked = weekend < days ? weekendPrice : 0;
        var (best, at, isFree) = (double.PositiveInfinity, 0, false);
        var end = Row(days, count, width);
        for (var used = 0; used < width; used++)
        {
            var cost = weekCost(used * _unit);
            for (var i = used; i < end.Length; i += width)
            {
                if (end[i] + worked + cost < best) (best, at, isFree) = (end[i] + worked + cost, i, false);
                if (weekend < days && _free[i] + off + cost < best) (best, at, isFree) = (_free[i] + off + cost, i, true);
            }
        }

        Trace(prices, isFree ? weekend : days, days, at, width, count);
        return best;
    }

    private Span<double> Row(int day, int count, int width) => _table.AsSpan(day * Counts * _width, (count + 1) * width);

    private void Extend(ReadOnlySpan<double> prices, int day, int count, int width)
    {
        var before = Row(day, count, width);
        var after = Row(day + 1, count, width);
        for (var i = 0; i < after.Length; i++)
        {
            after[i] = before[i] + prices[0];
        }

        for (var work = 1; work < prices.Length; work++)
        {
            if (double.IsPositiveInfinity(prices[work])) continue;
            for (var working = 1; working <= Math.Min(count, day + 1); working++)
            {
                Relax(
                    before.Slice((working - 1) * width, Math.Max(0, width - _units[work])),
                    after.Slice(working * width, width)[Math.Min(width, _units[work])..], prices[work]);
            }
        }
    }

    private static void Relax(ReadOnlySpan<double> before, Span<double> after, double price)
    {
        var (by, i) = (new Vector<double>(price), 0);
        for (; i <= before.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.MinNative(new Vector<double>(after[i..]), new Vector<double>(before[i..]) + by).CopyTo(after[i..]);
        }

        for (; i < before.Length; i++)
        {
            after[i] = Math.Min(after[i], before[i] + price);
        }
    }

    // What a day took is found again by the same sums, which is cheaper than to note every choice.
    private void Trace(ReadOnlySpan<double> prices, int traced, int days, int at, int width, int count)
    {
        Array.Clear(_choices);
        for (var day = traced - 1; day >= 0; day--)
        {
            var before = Row(day, count, width);
            var value = Row(day + 1, count, width)[at];
            var offer = prices.Slice(day * _units.Length, _units.Length);
            if (before[at] + offer[0] == value) continue;
            for (var work = 1; work < offer.Length; work++)
            {
                var from = at - width - _units[work];
                if (at % width < _units[work] || from < 0 || before[from] + offer[work] != value) continue;
                (_choices[day], at) = (work, from);
                break;
            }
        }
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
