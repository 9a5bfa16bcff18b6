using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Wfm.Api.Security;

/// <summary>The policies of the framework, put together for each request.</summary>
/// <remarks>Its cache of them builds every endpoint when a server starts, and routing builds every endpoint again with the first request: each of them takes as
/// long as all else that a start does. Putting a policy together takes microseconds.</remarks>
internal sealed class UncachedPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override bool AllowsCachingPolicies => false;
}
