using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Requests;

internal sealed class LeaveRequestConfiguration : IEntityTypeConfiguration<LeaveRequest>
{
    public void Configure(EntityTypeBuilder<LeaveRequest> request)
    {
        request.ToTable("leave_requests");
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Ignore(r => r.IsOpen);
        request.Property(r => r.Type).HasMaxLength(64);
        request.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        request.Property(r => r.Days).HasJson();
        request.Property(r => r.Findings).HasJson();
        request.Property(r => r.History).HasJson();
        request.Property(r => r.Note).HasMaxLength(500);
        request.Property(r => r.Version).IsConcurrencyToken();
        request.HasOne<Agent>().WithMany().HasForeignKey(r => r.AgentId).OnDelete(DeleteBehavior.Cascade);
        request.HasIndex(r => new { r.AgentId, r.Id });
        request.HasIndex(r => new { r.HubId, r.State, r.Id });
        request.HasIndex(r => new { r.State, r.ExpiresAt });
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class LeaveRequestSets
{
    extension(WfmDbContext db)
    {
        public DbSet<LeaveRequest> LeaveRequests => db.Set<LeaveRequest>();
    }
}
