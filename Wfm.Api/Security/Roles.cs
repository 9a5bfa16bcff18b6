using System.Collections.Frozen;

namespace Wfm.Api.Security;

/// <summary>Roles that every store has, and what each may do.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Planner = "planner";
    public const string HubManager = "hub-manager";
    public const string CrisisLead = "crisis-lead";
    public const string WellbeingLead = "wellbeing-lead";
    public const string Integration = "integration";

    /// <summary>One person; a key of this role is bound to that person.</summary>
    public const string Agent = "agent";

    private static readonly Permission[] Reads =
    [
        Permission.ReadSetup, Permission.ReadPeople, Permission.ReadVolumes, Permission.ReadPlans, Permission.ReadRosters, Permission.ReadJobs,
        Permission.ReadSelf,
    ];

    private static readonly FrozenDictionary<string, BuiltInRole> Known = new BuiltInRole[]
    {
        new(Admin, "Everything", Enum.GetValues<Permission>()),
        new(
            Planner, "Sets up, forecasts, staffs and rosters",
            [
                .. Reads, Permission.WriteSetup, Permission.WriteEvents, Permission.DecideRequests, Permission.ReadAdherence, Permission.WriteVolumes,
                Permission.WritePlans, Permission.WriteAdjustments, Permission.WriteRequirements, Permission.WriteRosters, Permission.CancelJobs,
                Permission.UseMe,
            ]),
        new(
            HubManager, "Keeps people, events and rosters of named hubs",
            [
                .. Reads, Permission.WriteEvents, Permission.WritePeople, Permission.DecideRequests, Permission.ReadAdherence,
                Permission.WriteAdjustments, Permission.WriteRequirements, Permission.WriteRosters, Permission.CancelJobs, Permission.UseMe,
            ]),
        new(
            CrisisLead, "Declares crises, plans anew in them and approves waivers",
            [
                .. Reads, Permission.WriteEvents, Permission.DecideRequests, Permission.ReadAdherence, Permission.WritePlans,
                Permission.WriteAdjustments, Permission.WriteRequirements, Permission.WriteRosters, Permission.DeclareCrises, Permission.ManageWaivers,
                Permission.CancelJobs, Permission.UseMe,
            ]),
        new(WellbeingLead, "Sees what persons are exposed to", [.. Reads, Permission.ReadWellbeing, Permission.UseMe]),
        new(Integration, "Brings people and volumes in, takes plans and rosters out", [.. Reads, Permission.WritePeople, Permission.WriteVolumes]),
        new(Agent, "One person's own shifts, wishes and requests", [Permission.ReadSelf, Permission.UseMe]),
    }.ToFrozenDictionary(r => r.Code);

    public static IReadOnlyCollection<string> All => Known.Keys;

    /// <summary>In order of code.</summary>
    public static IReadOnlyList<BuiltInRole> BuiltIn { get; } = [.. Known.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];

    /// <summary>What a role may do, in the order of <see cref="Permission"/>; nothing for a role that is not built in.</summary>
    public static IReadOnlyList<Permission> PermissionsOf(string role) => Known.GetValueOrDefault(role)?.Permissions ?? [];

    /// <summary>True when the role holds the permission; a role that is not built in holds none.</summary>
    public static bool Allows(string role, Permission permission) => PermissionsOf(role).Contains(permission);
}

/// <summary>A role that every store has and nobody changes.</summary>
public sealed class BuiltInRole(string code, string name, IEnumerable<Permission> permissions)
{
    public string Code => code;

    public string Name => name;

    /// <summary>In the order of <see cref="Permission"/>.</summary>
    public IReadOnlyList<Permission> Permissions { get; } = [.. permissions.Distinct().Order()];
}
