using System.Security.Claims;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.TimeOff.Limits;

/// <summary>Who decides about leave, and who sees what it is for.</summary>
internal static class LeavePermissions
{
    public const Permission Deciding = Permission.DecideRequests;

    /// <summary>True when the caller sees what leave with a hidden reason is for.</summary>
    public static bool SeesReasons(this ClaimsPrincipal user) => user.Allows(Deciding);
}
