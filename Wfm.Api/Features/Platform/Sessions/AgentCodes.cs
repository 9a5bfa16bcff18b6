using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Tokens;

namespace Wfm.Api.Features.Platform.Sessions;

/// <summary>The person on the roster whom a token names.</summary>
internal sealed class AgentCodes(WfmDbContext db) : IAgentCodes
{
    public async Task<Guid?> IdOf(string code, CancellationToken cancellationToken) =>
        await db.Agents.Where(a => a.Code == code).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellationToken);
}
