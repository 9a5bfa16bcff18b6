namespace Wfm.Scheduling.Simulation;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
internal static class StudentT
{
    /// <summary>The t with P(|T| ≤ t) = confidence.</summary>
    /// <param name="confidence">More than 0 and less than 1.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more.</param>
    /// <remarks>Bisection on the angle θ = atan(t ÷ √ν), in which the central probability is a finite sum.</remarks>
    public static double TwoSided(double confidence, int freedom)
    {
        var (low, high) = (0.0, Math.PI / 2);
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            if (Central(middle, freedom) < confidence) low = middle;
            else high = middle;
        }
        return Math.Tan(0.5 * (low + high)) * Math.Sqrt(freedom);
    }

    /// <summary>The z of the normal distribution, that of endless degrees of freedom, with P(|Z| ≤ z) = confidence.</summary>
    /// <param name="confidence">More than 0 and less than 1.</param>
    /// <remarks>Bisection on a sum of positive terms. Source: Abramowitz &amp; Stegun, formula 26.2.11.</remarks>
    public static double Normal(double confidence)
    {
        var (low, high) = (0.0, 8.0);
        for (var i = 0; i < 60; i++)
        {
            var z = 0.5 * (low + high);
            var (sum, term) = (0.0, z);
            for (var n = 1; term > 1e-18 * sum; n++)
            {
                sum += term;
                term *= z * z / ((2 * n) + 1);
            }

            if (Math.Sqrt(2 / Math.PI) * Math.Exp(-z * z / 2) * sum < confidence) low = z;
            else high = z;
        }
        return 0.5 * (low + high);
    }

    /// <summary>P(|T| ≤ √ν·tan θ). Source: Abramowitz &amp; Stegun, formulas 26.7.3 and 26.7.4.</summary>
    private static double Central(double angle, int freedom)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var odd = freedom % 2 == 1;
        var (sum, term) = (0.0, odd ? cosine : 1.0);
        for (var k = odd ? 3 : 2; k <= freedom; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k - 1) / k;
            if (term < 1e-18) break;
        }
        return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
