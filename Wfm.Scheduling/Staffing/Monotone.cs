namespace Wfm.Scheduling.Staffing;

/// <summary>Searches in predicates that change their answer once.</summary>
internal static class Monotone
{
    /// <summary>The largest x in [low, high] that still passes; <paramref name="low"/> is taken to pass. To full double precision.</summary>
    public static double LargestTrue(double low, double high, Func<double, bool> passes)
    {
        if (passes(high)) return high;
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return low;
            if (passes(middle)) low = middle;
            else high = middle;
        }
    }

    /// <summary>The smallest whole number ≥ <paramref name="minimum"/> that passes, looked for outward from a guess in growing strides.</summary>
    public static int SmallestTrue(int minimum, int guess, Func<int, bool> passes)
    {
        var at = Math.Max(minimum, guess);
        int fails, holds;
        if (passes(at))
        {
            (holds, fails) = (at, minimum - 1);
            for (var stride = 1; holds - stride >= minimum; stride *= 2)
            {
                if (!passes(holds - stride))
                {
                    fails = holds - stride;
                    break;
                }
                holds -= stride;
            }
        }
        else
        {
            (fails, holds) = (at, at);
            for (var stride = 1; ; stride *= 2)
            {
                holds = checked(fails + stride);
                if (passes(holds)) break;
                fails = holds;
            }
        }
        while (holds - fails > 1)
        {
            var middle = fails + (holds - fails) / 2;
            if (passes(middle)) holds = middle;
            else fails = middle;
        }
        return holds;
    }
}
