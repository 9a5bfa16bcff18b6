using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>The people whom the rows of a file name, read at once, with hub and contract.</summary>
internal sealed class NamedAgents
{
    private const int Batch = 1000;

    private readonly Dictionary<string, Agent> _known = new(StringComparer.Ordinal);
    private readonly ClaimsPrincipal _user;

    private NamedAgents(ClaimsPrincipal user) => _user = user;

    public static async Task<NamedAgents> Load(WfmDbContext db, IEnumerable<string?> codes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var named = new NamedAgents(user);
        foreach (var batch in codes.OfType<string>().Distinct(StringComparer.Ordinal).Where(c => !c.Contains('\0')).Chunk(Batch))
        {
            var found = db.Agents.AsNoTracking().Include(a => a.Hub).Include(a => a.Contract).Where(a => batch.Contains(a.Code));
            await found.ForEachAsync(a => named._known[a.Code] = a, cancellationToken);
        }

        return named;
    }

    /// <summary>The person, or a finding: there is none, or not at a hub of the key.</summary>
    public Agent? Find(string code, Findings findings)
    {
        if (!_known.TryGetValue(code, out var agent))
        {
            findings.Add("/agent", code, $"There is no agent '{code}'.", FindingCodes.Unknown);
            return null;
        }

        findings.Require(
            _user.MayTouch(agent.Hub!.Code), "/agent", code, $"The agent is at hub '{agent.Hub.Code}', which this key may not touch.", FindingCodes.OtherHub);
        return agent;
    }
}

/// <summary>Rows about people in the portions in which they are stored: those of a person stay together and in order.</summary>
internal static class Portions
{
    private const int Size = 200;

    /// <summary>Portions of one hub each.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> rows, Func<T, Agent> agent) =>
        rows.GroupBy(r => agent(r).HubId).SelectMany(hub => Of(hub, r => agent(r).Code));

    /// <param name="code">Code of the person of a row.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> rows, Func<T, string> code)
    {
        var portion = new List<T>();
        foreach (var person in rows.GroupBy(code, StringComparer.Ordinal))
        {
            portion.AddRange(person);
            if (portion.Count >= Size)
            {
                yield return portion;
                portion = [];
            }
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }
}
