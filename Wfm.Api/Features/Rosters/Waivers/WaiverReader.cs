using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>Reads a request for a waiver; everything that stands against it is named at once.</summary>
internal sealed class WaiverReader(WfmDbContext db, ConstraintCatalog kinds, IClock clock)
{
    private const int MostDays = 366;

    /// <exception cref="ProblemException">422: with everything that cannot be used. 409: no crisis is declared at the hub. 403: the hub is of
    /// others.</exception>
    public async Task<Waiver> Read(CreateWaiverRequest request, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var hub = await db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, cancellationToken)
            ?? throw ProblemException.Semantic("/hub", $"There is no hub '{request.Hub}'.");
        user.DemandHub(hub.Code);
        var now = clock.GetCurrentInstant();
        var (from, to, amount) = (request.From!.Value, request.To!.Value, request.MaximumAmount!.Value);
        findings.Require(to >= from, "/to", to, $"The last day {to:uuuu-MM-dd} is before the first {from:uuuu-MM-dd}.");
        findings.Require(Period.DaysBetween(from, to) < MostDays, "/to", to, $"A waiver is for {MostDays} days at most.");
        findings.Require(to >= now.InZone(hub.Zone).Date, "/to", to, $"{to:uuuu-MM-dd} is over; what was worked is corrected in worked-shifts.");
        findings.Require(request.ExpiresAt > now, "/expiresAt", request.ExpiresAt, $"{request.ExpiresAt} is over.");
        findings.Require(
            request.RestBy >= from, "/restBy", request.RestBy,
            $"Rest by {request.RestBy:uuuu-MM-dd} makes up for nothing that begins on {from:uuuu-MM-dd}.");
        await CheckRule(request, hub, findings, cancellationToken);
        if (kinds.Find(request.Rule) is { } kind)
        {
            var least = Waivable.RestFor(kind, amount).TotalHours;
            findings.Require(
                request.RestHours >= least, "/restHours", request.RestHours,
                $"{amount:0.##} {kind.Unit} are made up for by {least:0.##} hours of rest at least, not by {request.RestHours:0.##}.");
        }

        var people = await People(request.Agents, hub, findings, cancellationToken);
        var crisis = await CrisisOf(request, hub, findings, cancellationToken);
        findings.ThrowIfAny();
        return new Waiver
        {
            Crisis = crisis,
            CrisisId = crisis!.Id,
            Hub = hub,
            HubId = hub.Id,
            Rule = request.Rule,
            MaximumAmount = amount,
            From = from,
            To = to,
            ExpiresAt = request.ExpiresAt!.Value,
            ApprovedBy = request.ApprovedBy,
            Reason = request.Reason,
            RestHours = request.RestHours!.Value,
            RestBy = request.RestBy!.Value,
            Everybody = people.Count == 0,
            People = people.ConvertAll(a => new WaiverPerson { Agent = a, AgentId = a.Id }),
            CreatedAt = now,
            CreatedBy = user.KeyName(),
        };
    }

    private async Task<List<Agent>> People(IReadOnlyList<string> codes, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        var people = codes.Count == 0 ? [] : await db.Agents.Where(a => a.HubId == hub.Id && codes.Contains(a.Code)).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/agents", codes, people.Select(a => a.Code), $"agent of hub '{hub.Code}'");
        return people;
    }

    private async Task<Crisis?> CrisisOf(CreateWaiverRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        var crises = await db.Crises.Include(c => c.Hubs).Where(c => c.Hubs.Any(h => h.HubId == hub.Id))
            .Where(c => request.Crisis == null ? c.EndedAt == null : c.Id == request.Crisis).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        switch (crises)
        {
            case [] when request.Crisis is null:
                throw ProblemException.Conflict($"No crisis is declared at hub '{hub.Code}'; rules are only waived while one is.");
            case []:
                findings.Add("/crisis", request.Crisis, $"Hub '{hub.Code}' has no crisis '{request.Crisis}'.");
                return null;
            case [{ EndedAt: { } ended } over]:
                throw ProblemException.Conflict($"The crisis '{over.Name}' was ended at {ended}; rules are only waived while one is declared.");
            case [var only]:
                return only;
            default:
                findings.Add(
                    "/crisis", null, $"Several crises are declared at hub '{hub.Code}': {string.Join(", ", crises.Select(c => $"{c.Id} ({c.Name})"))}.");
                return null;
        }
    }

    private async Task CheckRule(CreateWaiverRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        if (kinds.Find(request.Rule) is not { } kind)
        {
            findings.Add(
                "/rule", request.Rule,
                $"'{request.Rule}' is no rule of a policy, which alone can be waived; there are "
                    + $"{string.Join(", ", LabourRuleKinds.Of(kinds).Select(k => k.Kind))}.");
            return;
        }

        var rules = await RulesOf(hub, kind, request.From!.Value, request.To!.Value, cancellationToken);
        if (rules.Exists(r => Waivable.WhyNot(r) is null))
        {
            return;
        }

        findings.Add(
            "/rule", request.Rule,
            rules.Count == 0 ? $"Hub '{hub.Code}' has no rule {request.Rule} from {request.From:uuuu-MM-dd} to {request.To:uuuu-MM-dd}."
                : string.Join(' ', rules.Select(r => WaiverBook.Never(r.Kind.Code, Waivable.WhyNot(r)!.Value).Message).Distinct())
                    + $" Source: {string.Join("; ", rules.Select(r => r.Source).Distinct())}.");
    }

    /// <summary>The rules of a kind that bind a hub on any of some days.</summary>
    private async Task<List<LabourRule>> RulesOf(Hub hub, RuleDefinition kind, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var versions = await db.LabourPolicies.AsNoTracking().Where(p => codes.Contains(p.Code) && p.ValidFrom <= to).OrderBy(p => p.ValidFrom)
            .ToListAsync(cancellationToken);
        return
        [
            .. versions.GroupBy(v => v.Code).SelectMany(of => of.Where(v => !of.Any(later => later.ValidFrom > v.ValidFrom && later.ValidFrom <= from)))
                .SelectMany(v => v.Rules).Where(r => r.Kind == kind.Code && !(r.ValidFrom > to) && !(r.ValidTo < from))
                .Select(r => LabourPolicyMapping.ToRule(r, kinds)),
        ];
    }
}
