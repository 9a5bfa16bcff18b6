using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Learning;

/// <summary>What this feature keeps in the store.</summary>
internal static class LearningSets
{
    extension(WfmDbContext db)
    {
        public DbSet<OperationModels> OperationModels => db.Set<OperationModels>();
    }
}
