using System.Collections.Frozen;

namespace Wfm.Api.Security;

/// <summary>What an operation needs. Every endpoint names exactly one; who holds it is decided here and nowhere else.</summary>
public enum Permission
{
    ReadSetup,
    WriteSetup,
    ReadPeople,
    WritePeople,
    ReadVolumes,
    WriteVolumes,
    ReadPlans,
    WritePlans,
    ReadRosters,
    WriteRosters,
    ReadJobs,
    CancelJobs,
    ManageKeys,

    /// <summary>Who am I: everybody.</summary>
    ReadSelf,
}

/// <summary>Roles of the API and what each may do.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Planner = "planner";
    public const string HubManager = "hub-manager";
    public const string Integration = "integration";

    private static readonly FrozenDictionary<string, FrozenSet<Permission>> Granted = new Dictionary<string, FrozenSet<Permission>>
    {
        [Admin] = Enum.GetValues<Permission>().ToFrozenSet(),
        [Planner] = new[]
        {
            Permission.ReadSetup, Permission.WriteSetup, Permission.ReadPeople, Permission.ReadVolumes, Permission.WriteVolumes, Permission.ReadPlans,
            Permission.WritePlans, Permission.ReadRosters, Permission.ReadJobs, Permission.CancelJobs, Permission.ReadSelf,
        }.ToFrozenSet(),
        [HubManager] = new[]
        {
            Permission.ReadSetup, Permission.ReadPeople, Permission.WritePeople, Permission.ReadVolumes, Permission.ReadPlans, Permission.ReadRosters,
            Permission.WriteRosters, Permission.ReadJobs, Permission.CancelJobs, Permission.ReadSelf,
        }.ToFrozenSet(),
        [Integration] = new[]
        {
            Permission.ReadSetup, Permission.ReadPeople, Permission.WritePeople, Permission.ReadVolumes, Permission.WriteVolumes, Permission.ReadPlans,
            Permission.ReadRosters, Permission.ReadJobs, Permission.ReadSelf,
        }.ToFrozenSet(),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> All => Granted.Keys;

    /// <summary>What a role may do, in the order of <see cref="Permission"/>; nothing for an unknown role.</summary>
    public static IReadOnlyList<Permission> PermissionsOf(string role) => [.. Enum.GetValues<Permission>().Where(p => Allows(role, p))];

    /// <summary>True when the role holds the permission; an unknown role holds none.</summary>
    public static bool Allows(string role, Permission permission) => Granted.TryGetValue(role, out var permissions) && permissions.Contains(permission);
}
