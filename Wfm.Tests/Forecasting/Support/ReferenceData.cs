using System.Globalization;

namespace Wfm.Tests.Forecasting.Support;

/// <summary>Golden series and numbers of the folder Reference.</summary>
internal static class ReferenceData
{
    /// <summary>A series of classic-series.csv.</summary>
    public static double[] Series(string name) => Values("classic-series.csv", $"{name},");

    /// <summary>Numbers of classic-reference.csv in their order.</summary>
    public static double[] Of(string method, string series, string quantity) => Values("classic-reference.csv", $"{method},{series},{quantity},");

    private static double[] Values(string file, string key) =>
    [
        .. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Reference", file))
            .Where(line => line.StartsWith(key, StringComparison.Ordinal))
            .Select(line => double.Parse(line[key.Length..], CultureInfo.InvariantCulture)),
    ];
}
