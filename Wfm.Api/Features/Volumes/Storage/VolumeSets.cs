using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>What this feature keeps in the store.</summary>
internal static class VolumeSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Series> Series => db.Set<Series>();
        public DbSet<Volume> Volumes => db.Set<Volume>();
        public DbSet<DailyVolume> DailyVolumes => db.Set<DailyVolume>();
        public DbSet<VolumeHorizon> VolumeHorizons => db.Set<VolumeHorizon>();
    }
}
