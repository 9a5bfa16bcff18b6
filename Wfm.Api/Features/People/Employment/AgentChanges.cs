using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Employment;

/// <summary>Takes over what a personnel system says has changed, row by row, and tells what was, what is, and what follows from it.</summary>
internal sealed class AgentChanges(WfmDbContext db, ShiftsInForce inForce, ClaimsPrincipal user, IClock clock)
{
    private Dictionary<string, Hub> _hubs = [];
    private AgentReferences _references = null!; // read before anything else

    public async Task<RowReport> Run(IReadOnlyList<ImportRow<JsonObject>> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var book = new RowBook<JsonObject>(rows);
        _hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Code, StringComparer.Ordinal, cancellationToken);
        _references = await AgentReferences.Load(db, cancellationToken);
        var read = new List<ReadRow>();
        foreach (var row in rows)
        {
            if (row.Value is { } value && !row.Findings.Any && AgentChange.Read(value, row.Findings) is { } change && !row.Findings.Any)
            {
                read.Add(new ReadRow(row, change));
            }
            else
            {
                book.Reject(row, null, row.Findings);
            }
        }

        foreach (var portion in Portions.Of(read, r => r.Code))
        {
            await Retries.Store(
                portion, db, part => Store(part, dryRun, book, cancellationToken),
                (row, reason) => book.Reject(row.Row, row.Code, "/code", row.Code, reason, FindingCodes.Conflict));
        }

        return book.Report(dryRun);
    }

    /// <summary>A row that could be read.</summary>
    private sealed record ReadRow(ImportRow<JsonObject> Row, AgentChange Change)
    {
        public string Code => Change.Told.Code;
    }

    /// <summary>A row that was taken over.</summary>
    /// <param name="Before">The person as it was; null for somebody new.</param>
    private sealed record Done(ReadRow Row, Agent Agent, AgentRequest? Before, AgentRequest After);

    private async Task Store(IReadOnlyList<ReadRow> rows, bool dryRun, RowBook<JsonObject> book, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var codes = rows.Select(r => r.Code).Distinct(StringComparer.Ordinal).ToList();
        var agents = await db.Agents.Include(a => a.Hub).Include(a => a.Contract).Where(a => codes.Contains(a.Code))
            .ToDictionaryAsync(a => a.Code, StringComparer.Ordinal, cancellationToken);
        var now = agents.ToDictionary(a => a.Key, a => (AgentRequest)AgentResponse.From(a.Value), StringComparer.Ordinal);
        var (done, rejected) = (new List<Done>(), new List<(ReadRow Row, Findings Findings)>());
        foreach (var row in rows)
        {
            var (before, findings) = (now.GetValueOrDefault(row.Code), row.Row.Findings.Copy());
            if (Change(row, before, findings) is not { } after)
            {
                rejected.Add((row, findings));
                continue;
            }

            if (!agents.TryGetValue(row.Code, out var agent))
            {
                agents[row.Code] = agent = new Agent { Code = after.Code, Name = after.Name, UpdatedAt = clock.GetCurrentInstant() };
                db.Agents.Add(agent);
            }

            _references.Apply(after, agent);
            now[row.Code] = after;
            done.Add(new Done(row, agent, before, after));
        }

        foreach (var agent in agents.Values.Where(a => db.Entry(a).State == EntityState.Modified))
        {
            agent.Touch(clock.GetCurrentInstant());
        }

        await db.SaveChangesAsync(cancellationToken);
        var aftermath = await Aftermath.Read(done.ConvertAll(d => d.Agent), db, inForce, clock, cancellationToken);
        await (dryRun ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken));
        rejected.ForEach(r => book.Reject(r.Row.Row, r.Row.Code, r.Findings));
        done.ForEach(d => Accept(d, aftermath, book));
    }

    /// <summary>The person after the row; null with findings when it cannot be taken over.</summary>
    private AgentRequest? Change(ReadRow row, AgentRequest? before, Findings findings)
    {
        if (before is not null && !user.MayTouch(before.Hub))
        {
            findings.Add("/code", row.Code, $"The agent is at hub '{before.Hub}', which this key may not touch.", FindingCodes.OtherHub);
            return null;
        }

        var hub = _hubs.GetValueOrDefault(row.Change.Told.Hub ?? before?.Hub ?? "");
        var today = clock.GetCurrentInstant().InZone(hub?.Zone ?? DateTimeZone.Utc).Date;
        var after = Settle(row.Change.Apply(before, today, findings), before);
        findings.Require(
            hub is null || user.MayTouch(hub.Code), "/hub", after.Hub, $"This key may not touch hub '{after.Hub}'.", FindingCodes.OtherHub);
        if (findings.Any)
        {
            return null;
        }

        var whole = new Findings();
        Annotations.Check(after, "", whole);
        _references.Check(after, whole);
        foreach (var finding in whole.All.Where(f => before is null || row.Change.Touches(f.Field)))
        {
            findings.Add(AgentChange.FieldOf(finding.Field), finding.Value, finding.Reason, finding.Code);
        }

        return findings.Any ? null : after;
    }

    /// <summary>Who moves to another hub cannot like the templates of the former one any more.</summary>
    private AgentRequest Settle(AgentRequest after, AgentRequest? before) => before is null || before.Hub == after.Hub ? after
        : after with { PreferredTemplates = after.PreferredTemplates.FindAll(t => _references.IsTemplateOf(t, after.Hub)) };

    private void Accept(Done done, Aftermath aftermath, RowBook<JsonObject> book)
    {
        var changes = PersonText.Changes(done.Before, done.After, done.Row.Row.FieldName);
        var outcome = done.Before is null ? RowOutcome.Created : changes.Count > 0 ? RowOutcome.Updated : RowOutcome.Duplicate;
        var told = done.Row.Change.Told;
        var notes = done.Before is not null && (done.Row.Change.SaysEmployment || told.Hub is not null || told.Active is not null)
            ? aftermath.Of(done.Agent.Id, done.After, _hubs[done.After.Hub]) : [];
        book.Accept(done.Row.Row, outcome, done.Row.Code, done.Agent.Id, notes, changes);
    }
}
