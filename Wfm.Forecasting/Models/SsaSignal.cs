namespace Wfm.Forecasting.Models;

/// <summary>What singular spectrum analysis learned of a series: the space of its signal and the recurrence that continues it.</summary>
/// <param name="Window">Window length L.</param>
/// <param name="Centre">Mean of the history, around which the signal lies.</param>
/// <param name="Coefficients">Of the recurrence, L − 1; empty where there is none.</param>
/// <param name="Components">Components of the signal.</param>
internal sealed record SsaSignal(int Window, double Centre, double[] Coefficients, SsaComponents Components)
{
    /// <summary>The signal as numbers to be stored.</summary>
    public double[] ToArray() => [Window, Centre, Components.Count, .. Coefficients, .. Components.Values];

    /// <summary>The signal that <see cref="ToArray"/> stored.</summary>
    public static SsaSignal From(ReadOnlySpan<double> stored)
    {
        var (window, rank) = ((int)stored[0], (int)stored[2]);
        var coefficients = stored.Slice(3, rank == 0 ? 0 : window - 1).ToArray();
        var values = stored[(3 + coefficients.Length)..];
        var vectors = new double[rank][];
        for (var k = 0; k < rank; k++)
        {
            vectors[k] = values.Slice(k * window, window).ToArray();
        }

        return new SsaSignal(window, stored[1], coefficients, new SsaComponents(vectors, window));
    }
}
