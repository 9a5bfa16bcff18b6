using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>What this feature keeps in the store.</summary>
internal static class LabourPolicySets
{
    extension(WfmDbContext db)
    {
        public DbSet<LabourPolicyVersion> LabourPolicies => db.Set<LabourPolicyVersion>();
    }
}
