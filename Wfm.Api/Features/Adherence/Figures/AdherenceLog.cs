using System.Security.Claims;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>Who read the adherence of persons: an event for each read, with ids and never names.</summary>
internal sealed partial class AdherenceLog(ILogger<AdherenceLog> logger)
{
    public void Read(ClaimsPrincipal user, string hub, IReadOnlyCollection<Guid> people)
    {
        foreach (var person in people)
        {
            WasRead(logger, user.KeyId() ?? Guid.Empty, hub, person);
        }
    }

    [LoggerMessage(2311, LogLevel.Information, "Audit: key {Key} read the adherence of agent {Agent} of hub {Hub}")]
    private static partial void WasRead(ILogger logger, Guid key, string hub, Guid agent);
}
