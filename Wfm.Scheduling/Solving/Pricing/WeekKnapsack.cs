namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The cheapest choice of one length of work a day over a week, under a limit of minutes and one of working days.</summary>
internal sealed class WeekKnapsack
{
    private readonly int[] _units;
    private readonly int _unit;
    private readonly int[] _choices = new int[7];
    private readonly double[] _table;
    private readonly byte[] _choice;
    private readonly int _most;

    /// <param name="works">Lengths of work in minutes, the first 0.</param>
    public WeekKnapsack(int[] works)
    {
        _unit = Math.Max(1, works.Aggregate(0, Gcd));
        _units = [.. works.Select(w => w / _unit)];
        _most = 7 * _units.Max();
        _table = new double[8 * 8 * (_most + 1)];
        _choice = new byte[_table.Length];
    }

    /// <summary>Arcs of a solve.</summary>
    public long Size { get; private set; }

    /// <summary>Which length a day has in the last solution.</summary>
    public int Choice(int day) => _choices[day];

    /// <param name="prices">Day × lengths + length.</param>
    /// <param name="days">Days of the week that are open.</param>
    /// <param name="minutes">Most minutes.</param>
    /// <param name="working">Most working days.</param>
    /// <param name="weekCost">Cost of the minutes of the week.</param>
    /// <returns>The least cost.</returns>
    public double Solve(double[] prices, int days, int minutes, int working, Func<int, double> weekCost)
    {
        var most = Math.Clamp(minutes / _unit, 0, days * (_most / 7));
        var count = Math.Clamp(working, 0, days);
        var width = most + 1;
        _table.AsSpan(0, (count + 1) * width).Fill(double.PositiveInfinity);
        _table[0] = 0;
        for (var day = 0; day < days; day++)
        {
            Extend(prices.AsSpan(day * _units.Length, _units.Length), day, count, width);
        }

        Size = (long)days * (count + 1) * width;
        var (best, at) = (double.PositiveInfinity, 0);
        for (var i = 0; i < (count + 1) * width; i++)
        {
            var value = _table[(days * 8 * (_most + 1)) + i] + weekCost(i % width * _unit);
            if (value < best) (best, at) = (value, i);
        }

        for (var day = days - 1; day >= 0; day--)
        {
            _choices[day] = _choice[((day + 1) * 8 * (_most + 1)) + at];
            at -= _choices[day] == 0 ? 0 : width + _units[_choices[day]];
        }

        return best;
    }

    private void Extend(ReadOnlySpan<double> prices, int day, int count, int width)
    {
        var before = _table.AsSpan(day * 8 * (_most + 1), (count + 1) * width);
        var after = _table.AsSpan((day + 1) * 8 * (_most + 1), (count + 1) * width);
        var choice = _choice.AsSpan((day + 1) * 8 * (_most + 1), (count + 1) * width);
        for (var i = 0; i < after.Length; i++)
        {
            (after[i], choice[i]) = (before[i] + prices[0], 0);
        }

        for (var work = 1; work < prices.Length; work++)
        {
            if (double.IsPositiveInfinity(prices[work])) continue;
            for (var working = 1; working <= Math.Min(count, day + 1); working++)
            {
                for (var used = _units[work]; used < width; used++)
                {
                    var value = before[((working - 1) * width) + used - _units[work]] + prices[work];
                    if (value < after[(working * width) + used]) (after[(working * width) + used], choice[(working * width) + used]) = (value, (byte)work);
                }
            }
        }
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
