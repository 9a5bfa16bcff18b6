using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Adherence.States;

/// <summary>A person goes over into a state. Kept for a short time and deleted.</summary>
public sealed class AgentState : IVersioned
{
    public const int LongestState = 64;

    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }
    public Instant Start { get; init; }

    /// <summary>As the feed calls it; what it means is read when figures are made.</summary>
    public required string State { get; set; }

    /// <summary>Grows by one when the feed corrects the state.</summary>
    public int Version { get; set; } = 1;
}

/// <summary>Until when the states of a hub's people are known.</summary>
public sealed class AgentStateFeed
{
    public Guid HubId { get; init; }

    /// <summary>The greatest of all starts stored and all moments told; it never goes back.</summary>
    public Instant AsOf { get; init; }
}

internal sealed class AgentStateConfiguration : IEntityTypeConfiguration<AgentState>
{
    public void Configure(EntityTypeBuilder<AgentState> state)
    {
        state.ToTable("agent_states");
        state.Property(s => s.Id).ValueGeneratedNever();
        state.Property(s => s.State).HasMaxLength(AgentState.LongestState);
        state.HasOne<Agent>().WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
        state.HasIndex(s => new { s.AgentId, s.Start }).IsUnique();
        state.HasIndex(s => s.Start);
    }
}

internal sealed class AgentStateFeedConfiguration : IEntityTypeConfiguration<AgentStateFeed>
{
    public void Configure(EntityTypeBuilder<AgentStateFeed> feed)
    {
        feed.ToTable("agent_state_feeds");
        feed.HasKey(f => f.HubId);
        feed.Property(f => f.HubId).ValueGeneratedNever();
        feed.HasOne<Hub>().WithOne().HasForeignKey<AgentStateFeed>(f => f.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class AgentStateSets
{
    extension(WfmDbContext db)
    {
        public DbSet<AgentState> AgentStates => db.Set<AgentState>();
        public DbSet<AgentStateFeed> AgentStateFeeds => db.Set<AgentStateFeed>();
        public DbSet<StateMapping> StateMappings => db.Set<StateMapping>();
    }
}
