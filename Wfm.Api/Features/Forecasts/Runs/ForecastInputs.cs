using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>Everything but the volumes that a forecast of a hub depends on.</summary>
internal static class ForecastInputs
{
    /// <summary>A fingerprint: the same twice means that a series whose volumes did not change either would be forecast the same.</summary>
    public static async Task<string> FingerprintOf(WfmDbContext db, Hub hub, IEnumerable<OperationEvent> events, CancellationToken cancellationToken)
    {
        var queues = await db.Queues.AsNoTracking().OrderBy(q => q.Id).Select(q => new { q.Id, q.Version }).ToListAsync(cancellationToken);
        var text = new StringBuilder();
        text.Append(typeof(ForecastEngine).Module.ModuleVersionId).Append(typeof(ForecastInputs).Module.ModuleVersionId).Append(hub.Id).Append(hub.Version);
        foreach (var queue in queues)
        {
            text.Append(queue.Id).Append(queue.Version);
        }

        foreach (var one in events.OrderBy(e => e.Id))
        {
            text.Append(one.Id).Append(one.Version);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
