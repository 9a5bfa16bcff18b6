using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>The people whom keys are bound to.</summary>
internal sealed class KeyHolders
{
    private readonly Dictionary<Guid, (string Code, string Hub)> _people;

    private KeyHolders(Dictionary<Guid, (string Code, string Hub)> people) => _people = people;

    public static KeyHolders None { get; } = new([]);

    public static async Task<KeyHolders> Of(WfmDbContext db, IEnumerable<ApiKey> keys, CancellationToken cancellationToken)
    {
        var ids = keys.Select(k => k.AgentId).OfType<Guid>().Distinct().ToList();
        var people = ids.Count == 0 ? []
            : await db.Agents.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Code, Hub = a.Hub!.Code }).ToListAsync(cancellationToken);
        return new KeyHolders(people.ToDictionary(a => a.Id, a => (a.Code, a.Hub)));
    }

    /// <summary>Code of the person; null for a key of nobody, or of somebody who was deleted.</summary>
    public string? CodeOf(ApiKey key) => key.AgentId is { } id && _people.TryGetValue(id, out var person) ? person.Code : null;

    /// <summary>True when the key can do nothing at hubs that the caller cannot.</summary>
    public bool AreWithin(ApiKey key, ClaimsPrincipal user) => AreWithin(HubsOf(key), user);

    /// <param name="hubs">Empty for all.</param>
    public static bool AreWithin(IReadOnlyList<string> hubs, ClaimsPrincipal user) =>
        user.HubScope() is not { } mine || (hubs.Count > 0 && hubs.All(mine.Contains));

    /// <summary>Codes of the hubs a key reaches into; empty for all. A key of role agent is of its person's hub.</summary>
    public IReadOnlyList<string> HubsOf(ApiKey key) => key.Role != Roles.Agent ? key.Hubs
        : [key.AgentId is { } id && _people.TryGetValue(id, out var person) ? person.Hub : ApiKeyAuthentication.NoHub];
}
