using System.Security.Claims;
using Wfm.Api.Security;

namespace Wfm.Api.Jobs;

/// <summary>Who asked for a job.</summary>
/// <param name="Name">Name of the key or schedule, for people; two keys may have the same.</param>
/// <param name="KeyId">Whose quota it counts in; null for nobody's.</param>
public sealed record JobOwner(string Name, Guid? KeyId = null)
{
    /// <summary>Owner of the jobs that nobody asked for: those of the nights and of retention.</summary>
    public static readonly JobOwner Schedule = new("nightly");

    public static JobOwner Of(ClaimsPrincipal user) => new(user.KeyName(), user.KeyId());
}
