namespace Wfm.Api.Hosting;

/// <summary>Section <c>Wfm</c> of the configuration (appsettings, or environment variables such as <c>Wfm__Store</c>).</summary>
public sealed class WfmSettings
{
    public const string Section = "Wfm";

    /// <summary>An SQLite file, or a PostgreSQL connection string (<c>Host=…</c>).</summary>
    public string Store { get; set; } = "data/wfm.db";

    /// <summary>True when this process runs jobs.</summary>
    public bool Worker { get; set; } = true;

    /// <summary>An admin key to accept besides the stored ones; for tests and for seeding automated set-ups. Stored hashed at start.</summary>
    public string? BootstrapKey { get; set; }

    /// <summary>Whole months of which every interval of the volumes is kept, 3 or more; what is older is rolled up to local days. Absent keeps all.</summary>
    public int? KeepIntervalsMonths { get; set; }

    /// <summary>Queries that take the store at least so many milliseconds are logged and counted.</summary>
    public int SlowQueryMilliseconds { get; set; } = 500;

    /// <summary>Requests a key may make in a minute; a minute's worth may come at once. More answer 429 with Retry-After.</summary>
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Largest request body in bytes, unpacked; imports allow more.</summary>
    public long MaximumBodyBytes { get; set; } = 10 * 1024 * 1024;
}
