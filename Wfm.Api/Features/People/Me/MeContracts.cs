using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Me;

/// <summary>Who calls.</summary>
/// <param name="Id">Id of the key.</param>
/// <param name="Name">Name of the key.</param>
/// <param name="Role">Its role; the first where there are several.</param>
/// <param name="Roles">All its roles: one for a key.</param>
/// <param name="Hubs">Codes of the hubs it may touch; empty means all, but for a key of role agent, which touches one person.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="Agent">The person whom it is bound to; null for nobody.</param>
public sealed record MeResponse(
    Guid Id, string Name, string Role, IReadOnlyList<string> Roles, IReadOnlyList<string> Hubs, IReadOnlyList<Permission> Permissions,
    MePersonResponse? Agent);

/// <summary>The person whom a key is bound to.</summary>
/// <param name="Code">Code of the agent.</param>
/// <param name="Name">Name shown on rosters.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="TimeZone">IANA zone of the hub.</param>
/// <param name="Contract">Code of the contract in force today.</param>
/// <param name="EmployedFrom">First local date of employment; null when it lies before everything planned.</param>
/// <param name="EmployedTo">Last local date of employment; null while no end is known.</param>
/// <param name="Active">False for somebody who is not rostered any more or has left: the key does nothing then but answer this.</param>
public sealed record MePersonResponse(
    string Code, string Name, string Hub, string TimeZone, string Contract, LocalDate? EmployedFrom, LocalDate? EmployedTo, bool Active)
{
    internal static MePersonResponse From(Agent person, LocalDate today) => new(
        person.Code, person.Name, person.Hub!.Code, person.Hub.TimeZone,
        person.Contracts.FindLast(c => c.From <= today)?.Contract ?? person.Contract!.Code,
        person.EmployedFrom, person.EmployedTo, person.IsHere(today));
}
