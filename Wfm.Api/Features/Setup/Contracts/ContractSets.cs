using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Contracts;

/// <summary>What this feature keeps in the store.</summary>
internal static class ContractSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Contract> Contracts => db.Set<Contract>();
    }
}
