using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Bidding;

namespace Wfm.Api.Features.People.Bidding;

/// <summary>By what a line is given.</summary>
public enum BidRule
{
    /// <summary>One after the other takes the best liked line that is left: by seniority, then points, then code.</summary>
    Rank,

    /// <summary>The highest offer of points wins and pays.</summary>
    Points,
}

/// <summary>How far a round has come.</summary>
public enum BidRoundState
{
    /// <summary>People bid.</summary>
    Open,

    /// <summary>The lines are given, and the draft is edited.</summary>
    Awarded,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>A shift of a line.</summary>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Shift">The shift.</param>
public sealed record BidShiftData(LocalDate Date, EditedShift Shift);

/// <summary>A line: the shifts of a period that one person gets together.</summary>
/// <param name="Code">Code of the line.</param>
/// <param name="Shifts">Its shifts in order of date.</param>
public sealed record BidLineData(string Code, IReadOnlyList<BidShiftData> Shifts);

/// <summary>What somebody got in a round.</summary>
/// <param name="Agent">Code of the person.</param>
/// <param name="Line">The line; null for none.</param>
/// <param name="Rank">Its place in the person's list, from 1; 0 for none, or one that was left over.</param>
/// <param name="Paid">Points paid.</param>
/// <param name="Turn">The person's place in the order by which ties are broken, from 1.</param>
/// <param name="LeftOver">True for a line that was not bid for and was left.</param>
/// <param name="Passed">The better liked lines, and why they were not had.</param>
public sealed record BidAwardData(string Agent, string? Line, int Rank, int Paid, int Turn, bool LeftOver, IReadOnlyList<PassedLine> Passed);

/// <summary>A round of bidding for the lines of a draft roster.</summary>
public sealed class BidRound
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Guid RosterId { get; init; }
    public required string Name { get; init; }
    public BidRule Rule { get; init; }
    public BidRoundState State { get; set; }
    public Instant ClosesAt { get; init; }
    public List<BidLineData> Lines { get; init; } = [];

    /// <summary>Whose row of the draft a line was made from, by line; nothing for lines made by hand.</summary>
    public Dictionary<string, string> Rows { get; init; } = [];

    /// <summary>Codes of the people who may bid.</summary>
    public List<string> People { get; init; } = [];
    public List<BidAwardData> Awards { get; set; } = [];

    /// <summary>Number of the edit of the draft.</summary>
    public int? Edit { get; set; }
    public required string PostedBy { get; init; }
    public Instant PostedAt { get; init; }
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }
}

/// <summary>What a person bids in a round.</summary>
public sealed class PersonBids
{
    public Guid RoundId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }
    public List<LineBid> Bids { get; set; } = [];
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }
}

/// <summary>Points that a person has for bidding.</summary>
public sealed class BidPoints
{
    public Guid AgentId { get; init; }
    public int Balance { get; set; }

    /// <summary>First day of the month of the balance.</summary>
    public LocalDate Month { get; set; }
    public int Version { get; set; } = 1;

    internal PointsAccount Account
    {
        get => new(Balance, Month);
        set => (Balance, Month, Version) = (value.Balance, value.Month, Version + 1);
    }
}

internal sealed class BidRoundConfiguration : IEntityTypeConfiguration<BidRound>
{
    public void Configure(EntityTypeBuilder<BidRound> round)
    {
        round.ToTable("bid_rounds");
        round.Property(r => r.Id).ValueGeneratedNever();
        round.Property(r => r.Name).HasMaxLength(200);
        round.Property(r => r.Rule).HasConversion<string>().HasMaxLength(16);
        round.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        round.Property(r => r.Lines).HasJson();
        round.Property(r => r.Rows).HasJson();
        round.Property(r => r.People).HasJson();
        round.Property(r => r.Awards).HasJson();
        round.Property(r => r.Version).IsConcurrencyToken();
        round.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Cascade);
        round.HasOne<Roster>().WithMany().HasForeignKey(r => r.RosterId).OnDelete(DeleteBehavior.Cascade);
        round.HasIndex(r => new { r.HubId, r.State });
        round.HasIndex(r => r.RosterId);
    }
}

internal sealed class PersonBidsConfiguration : IEntityTypeConfiguration<PersonBids>
{
    public void Configure(EntityTypeBuilder<PersonBids> bids)
    {
        bids.ToTable("person_bids");
        bids.HasKey(b => new { b.RoundId, b.AgentId });
        bids.Property(b => b.Bids).HasJson();
        bids.Property(b => b.Version).IsConcurrencyToken();
        bids.HasOne<BidRound>().WithMany().HasForeignKey(b => b.RoundId).OnDelete(DeleteBehavior.Cascade);
        bids.HasOne(b => b.Agent).WithMany().HasForeignKey(b => b.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BidPointsConfiguration : IEntityTypeConfiguration<BidPoints>
{
    public void Configure(EntityTypeBuilder<BidPoints> points)
    {
        points.ToTable("bid_points");
        points.HasKey(p => p.AgentId);
        points.Property(p => p.AgentId).ValueGeneratedNever();
        points.Property(p => p.Version).IsConcurrencyToken();
        points.Ignore(p => p.Account);
        points.HasOne<Agent>().WithOne().HasForeignKey<BidPoints>(p => p.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class BidSets
{
    extension(WfmDbContext db)
    {
        public DbSet<BidRound> BidRounds => db.Set<BidRound>();
        public DbSet<PersonBids> PersonBids => db.Set<PersonBids>();
        public DbSet<BidPoints> BidPoints => db.Set<BidPoints>();
    }
}
