using NodaTime;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees that saw nothing after an instant.</summary>
/// <param name="CutOff">Nothing from here on was seen.</param>
/// <param name="Trees">What training found.</param>
public sealed record PooledVersion(Instant CutOff, BoostedTrees Trees);
