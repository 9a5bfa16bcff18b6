namespace Wfm.Scheduling.Staffing;

/// <summary>Gauss–Legendre rule of 20 points on [−1, 1], exact for polynomials of degree 39.</summary>
/// <remarks>Nodes by Newton's method on the Legendre polynomial. Source: Abramowitz &amp; Stegun, §25.4.29.</remarks>
internal static class GaussLegendre
{
    public const int Points = 20;

    private static readonly (double[] Nodes, double[] Weights) Rule = Compute();

    public static ReadOnlySpan<double> Nodes => Rule.Nodes;

    public static ReadOnlySpan<double> Weights => Rule.Weights;

    private static (double[] Nodes, double[] Weights) Compute()
    {
        var (nodes, weights) = (new double[Points], new double[Points]);
        for (var i = 0; i < Points; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5));
            double slope;
            double step;
            do
            {
                var (p, previous) = (1.0, 0.0);
                for (var k = 1; k <= Points; k++) (p, previous) = (((2 * k - 1) * x * p - (k - 1) * previous) / k, p);
                slope = Points * (x * p - previous) / (x * x - 1);
                step = p / slope;
                x -= step;
            }
            while (Math.Abs(step) > 1e-15);
            (nodes[i], weights[i]) = (x, 2 / ((1 - x * x) * slope * slope));
        }
        return (nodes, weights);
    }
}
