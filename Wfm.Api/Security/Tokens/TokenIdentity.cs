using System.Security.Cryptography;
using System.Text;

namespace Wfm.Api.Security.Tokens;

/// <summary>Who a token says somebody is, in our words.</summary>
/// <param name="Name">What the person is called.</param>
/// <param name="Roles">Codes of the roles of the person's groups.</param>
/// <param name="Hubs">Codes of the hubs the person may touch; empty for all.</param>
/// <param name="AgentId">The person on the roster; null for none.</param>
public sealed record TokenIdentity(string Name, List<string> Roles, List<string> Hubs, Guid? AgentId)
{
    /// <summary>One identity for a person of an issuer, the same in every process; it says nothing of the person.</summary>
    public static Guid IdOf(string issuer, string subject)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"))[..16];
        (id[6], id[8]) = ((byte)((id[6] & 0x0F) | 0x80), (byte)((id[8] & 0x3F) | 0x80)); // RFC 9562, version 8: of one's own making
        return new Guid(id, bigEndian: true);
    }
}

/// <summary>Finds people on the roster; what knows them lies above.</summary>
internal interface IAgentCodes
{
    /// <returns>Identity of the agent of a code; null for none.</returns>
    Task<Guid?> IdOf(string code, CancellationToken cancellationToken);
}
