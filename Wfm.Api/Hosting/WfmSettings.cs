using Wfm.Api.Features.Retention;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Tokens;

namespace Wfm.Api.Hosting;

/// <summary>What a process does.</summary>
public enum WfmRole
{
    /// <summary>Serves and runs jobs.</summary>
    All,

    /// <summary>Serves, and leaves jobs to other processes.</summary>
    Api,

    /// <summary>Runs jobs, and serves only its health.</summary>
    Worker,
}

/// <summary>Section <c>Wfm</c> of the configuration (appsettings, or environment variables such as <c>Wfm__Store</c>).</summary>
public sealed class WfmSettings
{
    public const string Section = "Wfm";

    private const int ShortestKey = 32; // 128 random bits as hexadecimal digits: keys are stored without salt

    /// <summary>An SQLite file, or a PostgreSQL connection string (<c>Host=…</c>).</summary>
    public string Store { get; set; } = "data/wfm.db";

    /// <summary>What this process does; <c>--role</c> on the command line.</summary>
    public WfmRole Role { get; set; }

    /// <summary>An admin key to accept besides the stored ones, for seeding automated set-ups; at least 32 characters without blanks. Empty is none. Stored
    /// hashed at start.</summary>
    public string? BootstrapKey { get; set; }

    /// <summary>Whole months of which every interval of the volumes is kept, 3 or more; what is older is rolled up to local days. Absent keeps all.</summary>
    public int? KeepIntervalsMonths { get; set; }

    /// <summary>How long stays what is not in force.</summary>
    public RetentionPeriods Keep { get; set; } = new();

    /// <summary>Whose tokens are taken, and what the groups in them may do.</summary>
    public OidcSettings Oidc { get; set; } = new();

    /// <summary>Queries that take the store at least so many milliseconds are logged and counted.</summary>
    public int SlowQueryMilliseconds { get; set; } = 500;

    /// <summary>Requests a key may make in a minute; a minute's worth may come at once. More answer 429 with Retry-After.</summary>
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Largest request body in bytes, unpacked; imports allow more.</summary>
    public long MaximumBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>What jobs may take.</summary>
    public JobLimits Jobs { get; set; } = new();

    /// <summary>True when this process runs jobs.</summary>
    internal bool Works => Role is not WfmRole.Api;

    /// <returns>The bootstrap key; null when none is set.</returns>
    /// <exception cref="StoreRefusedException">It is too short, or holds blanks.</exception>
    internal string? GivenKey() => string.IsNullOrWhiteSpace(BootstrapKey) ? null
        : BootstrapKey.Length >= ShortestKey && !BootstrapKey.Any(char.IsWhiteSpace) ? BootstrapKey
        : throw new StoreRefusedException(
            $"Wfm:BootstrapKey has {BootstrapKey.Length} characters; it needs at least {ShortestKey}, without blanks. "
            + "Leave it empty to have a key made and printed.");
}
