using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>By how much an activity may slip.</summary>
/// <param name="Kind">Kind of activity.</param>
/// <param name="Minutes">Minutes before and after its planned start and end, 0 to 60.</param>
public sealed record ThresholdData(ActivityKind Kind, [property: Range(0.0, 60.0)] double Minutes);

/// <summary>By how much what is planned may slip and still be in adherence.</summary>
public record AdherenceSettingsRequest
{
    /// <summary>By kind of activity, each once; 0 for those left out. At the border of two parts of a shift the greater of both holds. A change within it
    /// counts as on time, one further off counts in full.</summary>
    [Required, MaxLength(20)]
    public List<ThresholdData> Thresholds { get; init; } = [new(ActivityKind.Break, 5), new(ActivityKind.Meal, 5)];

    /// <summary>Minutes by which a shift may begin late or early and end early or late.</summary>
    [Range(0.0, 60.0)]
    public double ShiftBorderMinutes { get; init; } = 1;

    internal Tolerances Tolerances => new(Thresholds.ToDictionary(t => t.Kind, t => Duration.FromMinutes(t.Minutes)), Duration.FromMinutes(ShiftBorderMinutes));
}

/// <summary>The settings in force at a hub.</summary>
public sealed record AdherenceSettingsResponse : AdherenceSettingsRequest, IVersionedResponse
{
    /// <summary>Code of the hub.</summary>
    public required string Hub { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change; 0 while nobody has set any.</summary>
    public required int Version { get; init; }

    /// <summary>When they were last changed.</summary>
    public required Instant UpdatedAt { get; init; }
}

/// <summary>By how much what is planned at a hub may slip.</summary>
public sealed class AdherenceSettings
{
    public Guid HubId { get; init; }
    public required AdherenceSettingsRequest Data { get; set; }

    /// <summary>0 while nobody has set any.</summary>
    public int Version { get; set; }
    public Instant UpdatedAt { get; set; }
}

internal sealed class AdherenceSettingsConfiguration : IEntityTypeConfiguration<AdherenceSettings>
{
    public void Configure(EntityTypeBuilder<AdherenceSettings> settings)
    {
        settings.ToTable("adherence_settings");
        settings.HasKey(s => s.HubId);
        settings.Property(s => s.HubId).ValueGeneratedNever();
        settings.Property(s => s.Data).HasJson();
        settings.Property(s => s.Version).IsConcurrencyToken();
        settings.HasOne<Hub>().WithOne().HasForeignKey<AdherenceSettings>(s => s.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class AdherenceSettingsEndpoints
{
    /// <summary>The settings of a hub; those of a hub without any are what their data say when nothing is said.</summary>
    public static async Task<AdherenceSettings> SettingsOf(this WfmDbContext db, Guid hub, CancellationToken cancellationToken) =>
        await db.Set<AdherenceSettings>().AsNoTracking().SingleOrDefaultAsync(s => s.HubId == hub, cancellationToken)
        ?? new AdherenceSettings { HubId = hub, Data = new AdherenceSettingsRequest() };

    public static void MapAdherenceSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/adherence-settings").WithTags("Adherence");
        group.MapGet("/{code}", Get).WithName("GetAdherenceSettings")
            .WithSummary("By how much what is planned at a hub may slip; what holds while nothing was set, at version 0.").Requires(Permission.ReadPeople)
            .WithExample(path: ("code", "dub"));
        group.MapPut("/{code}", Replace).WithName("ReplaceAdherenceSettings")
            .WithSummary("Sets by how much what is planned at a hub may slip; figures of the past are told by it too.").Requires(Permission.DecideRequests)
            .WithExample(
                new AdherenceSettingsRequest { Thresholds = [new(ActivityKind.Break, 5), new(ActivityKind.Meal, 10), new(ActivityKind.Training, 3)] },
                ("code", "dub"));
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<AdherenceSettingsResponse> Get(
        string code, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var hub = await FindHub(db, code, user, cancellationToken);
        return Answer(await db.SettingsOf(hub.Id, cancellationToken), code, response);
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<AdherenceSettingsResponse> Replace(
        string code, AdherenceSettingsRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        foreach (var (i, threshold) in request.Thresholds.Index())
        {
            findings.Require(threshold is not null, $"/thresholds/{i}", null, "A kind with its minutes is needed, not null.");
            findings.Require(
                request.Thresholds.FindIndex(t => t?.Kind == threshold?.Kind) == i, $"/thresholds/{i}/kind", threshold?.Kind, "Each kind has one threshold.");
        }

        findings.ThrowIfAny();
        var hub = await FindHub(db, code, user, cancellationToken);
        var settings = await db.Set<AdherenceSettings>().SingleOrDefaultAsync(s => s.HubId == hub.Id, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(hub.Id, settings?.Version ?? 0));
        if (settings is null)
        {
            db.Add(settings = new AdherenceSettings { HubId = hub.Id, Data = request });
        }

        (settings.Data, settings.UpdatedAt) = (request, clock.GetCurrentInstant());
        settings.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return Answer(settings, code, http.Response);
    }

    private static async Task<Hub> FindHub(WfmDbContext db, string code, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().ByCode("hub", code, cancellationToken);
        user.DemandHub(hub.Code);
        return hub;
    }

    private static AdherenceSettingsResponse Answer(AdherenceSettings settings, string hub, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(settings.HubId, settings.Version);
        return new AdherenceSettingsResponse
        {
            Hub = hub,
            Thresholds = settings.Data.Thresholds,
            ShiftBorderMinutes = settings.Data.ShiftBorderMinutes,
            Etag = ETags.Of(settings.HubId, settings.Version),
            Version = settings.Version,
            UpdatedAt = settings.UpdatedAt,
        };
    }
}
