namespace Wfm.Api.Features.Today.Inputs;

/// <summary>What the day of a hub hangs on, each as a text that is another one when it has changed.</summary>
/// <remarks>Counts and sums of versions, some milliseconds whatever the size of the hub. The id of an event is a stamp, so that whoever comes back with one is
/// told what has changed since, by whatever process.</remarks>
internal sealed record TodayStamp(
    string Setup, string Forecast, string Volumes, string Backlog, string Served, string Roster, string Absences, string States, string Interval)
{
    private const uint Basis = 2_166_136_261;
    private const uint Prime = 16_777_619;

    private (string Name, string Text)[] Parts =>
    [
        ("setup", Setup), ("forecast", Forecast), ("volumes", Volumes), ("backlog", Backlog), ("served", Served), ("roster", Roster), ("absences", Absences),
        ("states", States), ("interval", Interval),
    ];

    /// <summary>The stamp in a line of letters and digits.</summary>
    public string Id => string.Join('-', Parts.Select(p => Hash(p.Text)));

    /// <summary>What the projection hangs on beside the people.</summary>
    public string Work => string.Join('|', Setup, Forecast, Volumes, Backlog, Served);

    /// <summary>What the people hang on.</summary>
    public string People => string.Join('|', Setup, Roster, Absences);

    /// <summary>What has changed since an event.</summary>
    /// <param name="id">Its id; null when there was none.</param>
    /// <returns>Names of what has changed; everything when the id is none of ours.</returns>
    public IReadOnlyList<string> ChangedSince(string? id)
    {
        var (parts, before) = (Parts, id?.Split('-') ?? []);
        return [.. parts.Where((p, i) => before.Length != parts.Length || before[i] != Hash(p.Text)).Select(p => p.Name)];
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static string Hash(string text)
    {
        var hash = Basis;
        foreach (var letter in text) hash = (hash ^ letter) * Prime;
        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
