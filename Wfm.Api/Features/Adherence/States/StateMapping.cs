using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.States;

/// <summary>What a state of the feed means.</summary>
public sealed record MappedState
{
    /// <summary>The state as the feed calls it, 1 to 64 characters; capitals make no difference.</summary>
    [Required, StringLength(AgentState.LongestState)]
    public string State { get; init; } = "";

    /// <summary>handling and available are productive; activity is one beside work; unplanned is there and kept from work; off is not at work.</summary>
    [Required]
    public StateUse? Use { get; init; }

    /// <summary>Kind of an activity; only for the use activity.</summary>
    public ActivityKind? Kind { get; init; }

    /// <summary>Skill group worked, where the state tells it; only for productive ones. Without it any group of the plan fits.</summary>
    [StringLength(64)]
    public string? Group { get; init; }

    internal StateMeaning Meaning => new(Use!.Value, Kind, Group);
}

/// <summary>What the states of the feed mean, all of them.</summary>
public record StateMappingRequest
{
    /// <summary>The states, each once.</summary>
    [Required, MaxLength(500)]
    public List<MappedState> States { get; init; } = [];
}

/// <summary>What the states of the feed mean, as it is in force.</summary>
public sealed record StateMappingResponse : StateMappingRequest, IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change; 0 while nobody has set one and the usual names hold.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public required Instant UpdatedAt { get; init; }

    internal static StateMappingResponse From(StateMapping mapping) => new()
    {
        States = mapping.States,
        Etag = ETags.Of(StateMapping.Only, mapping.Version),
        Version = mapping.Version,
        UpdatedAt = mapping.UpdatedAt,
    };
}

/// <summary>What the states of the feed mean: one mapping for the whole operation.</summary>
public sealed class StateMapping
{
    /// <summary>Identity of the one there is.</summary>
    public static readonly Guid Only = new(0xad4e7e0c, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    public Guid Id { get; init; } = Only;
    public List<MappedState> States { get; set; } = [];

    /// <summary>0 while nobody has set one.</summary>
    public int Version { get; set; }
    public Instant UpdatedAt { get; set; }

    /// <summary>What holds while nobody has set one: names that telephone and ticket systems have.</summary>
    internal static StateMapping Usual => new()
    {
        States =
        [
            .. Of(StateUse.Handling, null, "handling", "on-contact", "on-call", "busy", "after-contact-work", "wrap-up", "work"),
            .. Of(StateUse.Available, null, "available", "ready", "idle", "waiting"),
            .. Of(StateUse.Activity, ActivityKind.Break, "break"),
            .. Of(StateUse.Activity, ActivityKind.Meal, "meal", "lunch"),
            .. Of(StateUse.Activity, ActivityKind.Training, "training"),
            .. Of(StateUse.Activity, ActivityKind.Meeting, "meeting"),
            .. Of(StateUse.Activity, ActivityKind.Coaching, "coaching"),
            .. Of(StateUse.Activity, ActivityKind.Wellness, "wellness"),
            .. Of(StateUse.Activity, ActivityKind.Cooldown, "cooldown"),
            .. Of(StateUse.Activity, ActivityKind.Overtime, "overtime"),
            .. Of(StateUse.Unplanned, null, "unplanned", "technical-problem"),
            .. Of(StateUse.Off, null, "off", "offline", "logged-out", "away"),
        ],
    };

    /// <summary>What a state means; null for one that is not in it.</summary>
    internal Func<string, StateMeaning?> Reader()
    {
        var known = States.ToDictionary(s => s.State, s => s.Meaning, StringComparer.OrdinalIgnoreCase);
        return state => known.GetValueOrDefault(state);
    }

    private static IEnumerable<MappedState> Of(StateUse use, ActivityKind? kind, params string[] names) =>
        names.Select(n => new MappedState { State = n, Use = use, Kind = kind });
}

internal sealed class StateMappingConfiguration : IEntityTypeConfiguration<StateMapping>
{
    public void Configure(EntityTypeBuilder<StateMapping> mapping)
    {
        mapping.ToTable("state_mappings");
        mapping.Property(m => m.Id).ValueGeneratedNever();
        mapping.Property(m => m.States).HasJson();
        mapping.Property(m => m.Version).IsConcurrencyToken();
    }
}
