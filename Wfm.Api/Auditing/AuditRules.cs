using Wfm.Api.Security;

namespace Wfm.Api.Auditing;

/// <summary>What of a request is written down; decided by the permission that its endpoint names, so that a new endpoint cannot forget it.</summary>
internal static class AuditRules
{
    /// <summary>What one may see of persons, and of who may do what.</summary>
    private static readonly Permission[] Sensitive =
    [
        Permission.ReadPeople, Permission.ReadWellbeing, Permission.ReadAdherence, Permission.DecideRequests, Permission.ManageKeys, Permission.ReadAudit,
    ];

    /// <summary>What nobody changes anything with: what is posted there is computed with, and kept nowhere.</summary>
    private static readonly Permission[] Reads =
    [
        Permission.ReadSetup, Permission.ReadPeople, Permission.ReadWellbeing, Permission.ReadAdherence, Permission.ReadVolumes, Permission.ReadPlans,
        Permission.ReadRosters, Permission.ReadAudit,
    ];

    /// <summary>What the page of the job engine asks every few seconds, by POST.</summary>
    private static readonly PathString Statistics = ApiKeyAuthentication.Pages + "/stats";

    /// <returns>Read, Asked for a change or SignIn; null when nothing is written down.</returns>
    public static AuditKind? Of(HttpRequest request, Endpoint? endpoint)
    {
        var method = request.Method;
        var looks = request.Path == Statistics || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        return endpoint?.Permission() is { } permission ? OfOperation(looks, permission)
            : endpoint?.Metadata.GetMetadata<SignsIn>() is null ? null : AuditKind.SignIn;
    }

    private static AuditKind? OfOperation(bool looks, Permission permission) =>
        !looks && !Reads.Contains(permission) ? AuditKind.Asked
        : Sensitive.Contains(permission) ? AuditKind.Read
        : null;
}

/// <summary>Marks an endpoint at which browsers sign in.</summary>
internal sealed record SignsIn;
