using System.Security.Claims;
using Wfm.Api.Http;
using Wfm.Api.Json;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>Nobody gives away, changes or takes what they do not hold.</summary>
internal static class Escalation
{
    /// <summary>403 where the permissions go beyond those of the caller.</summary>
    /// <param name="what">What holds them, such as "role 'planner'".</param>
    public static void Refuse(ClaimsPrincipal user, string what, IEnumerable<Permission> permissions)
    {
        var beyond = permissions.Where(p => !user.Allows(p)).Distinct().Order().Select(NameOf).ToArray();
        if (beyond.Length > 0)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"{what} holds {string.Join(", ", beyond)}, which this key does not hold.");
        }
    }

    /// <summary>As JSON has it.</summary>
    public static string NameOf(Permission permission) => EnumNames.Of(typeof(Permission))[(int)permission];
}
