using System.Security.Claims;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>Who read what persons are exposed to: an event for each read, with ids and never names.</summary>
internal sealed partial class ExposureLog(ILogger<ExposureLog> logger)
{
    public void Read(ClaimsPrincipal user, string hub, IReadOnlyCollection<Guid> people)
    {
        foreach (var person in people)
        {
            WasRead(logger, user.KeyId() ?? Guid.Empty, hub, person);
        }
    }

    [LoggerMessage(2310, LogLevel.Information, "Audit: key {Key} read the exposure of agent {Agent} of hub {Hub}")]
    private static partial void WasRead(ILogger logger, Guid key, string hub, Guid agent);
}
