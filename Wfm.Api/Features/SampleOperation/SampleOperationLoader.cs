using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>Loads the sample operation into an empty store: set-up, people, and two years of volume.</summary>
public sealed class SampleOperationLoader(WfmDbContext db, VolumeStore volumes, IClock clock)
{
    private const string WellbeingPolicy = "org-wellbeing";

    /// <param name="progress">Fraction of the volume rows written, 0 … 1.</param>
    /// <returns>Volume rows written.</returns>
    public async Task<long> Load(SampleOperationFiles files, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (await db.Hubs.AnyAsync(cancellationToken))
        {
            throw new InvalidOperationException("The store already holds an operation; the sample goes into an empty one.");
        }

        var series = await LoadSetup(files, cancellationToken);
        return await LoadVolumes(files, series, progress, cancellationToken);
    }

    private async Task<Dictionary<(string Queue, string Hub), int>> LoadSetup(SampleOperationFiles files, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var hubs = files.Hubs.ToDictionary(h => h.Code, h => new Hub
        {
            Code = h.Code,
            Name = h.Name,
            TimeZone = h.TimeZone,
            Country = h.Country,
            LabourPolicy = h.LabourPolicy,
            WellbeingPolicy = WellbeingPolicy,
            Seats = h.Seats,
            OpeningHours = Windows(h.OpeningHours),
            PlannedShrinkage = h.PlannedShrinkage,
            UnplannedShrinkage = h.UnplannedShrinkage,
            NightlyAt = h.NightlyAt,
            UpdatedAt = now,
        });
        var queues = files.Queues.ToDictionary(q => q.Code, q => ToEntity(q, now));
        var contracts = files.Contracts.ToDictionary(c => c.Code, c => new Contract
        {
            Code = c.Code,
            Name = c.Name,
            MinimumWeeklyHours = c.MinimumWeeklyHours,
            MaximumWeeklyHours = c.MaximumWeeklyHours,
            MaximumDaysPerWeek = c.MaximumDaysPerWeek,
            CostPerHour = c.CostPerHour,
            Templates = [.. c.Templates],
            UpdatedAt = now,
        });
        var agents = files.Agents.ToDictionary(a => a.Code, a => new Agent
        {
            Code = a.Code,
            Name = a.Name,
            HubId = hubs[a.Hub].Id,
            ContractId = contracts[a.Contract].Id,
            Contract = contracts[a.Contract],
            Skills = [.. a.Skills.Select(s => new AgentSkillData(s.Group, s.Proficiency))],
            Availability = Windows(a.Availability),
            OptOutGroups = [.. a.OptOutGroups],
            PreferredTemplates = [.. a.PreferredTemplates],
            PreferredDaysOff = [.. a.PreferredDaysOff],
            UpdatedAt = now,
        });
        var series = files.Series.Select(s => new Series
        {
            QueueId = queues[s.Queue].Id,
            HubId = hubs[s.Hub].Id,
            IntervalMinutes = SampleCalendar.IntervalMinutes,
        })
            .ToList();

        db.AddRange(hubs.Values);
        db.AddRange(queues.Values);
        db.AddRange(contracts.Values);
        db.AddRange(agents.Values);
        db.AddRange(series);
        var templates = files.ShiftTemplates.Select(t => ToEntity(t, hubs[t.Hub].Id, now)).ToList();
        db.AddRange(templates);
        db.AddRange(files.Policies.Select(p => p.ToVersion(p.ValidFrom, now)));
        foreach (var off in files.TimeOff)
        {
            var (agent, entry) = (agents[off.Agent], ToEntity(off, agents[off.Agent], files, now));
            db.Add(entry);
            db.AddRange(Booked(off, agent, entry, templates.FindAll(t => t.HubId == agent.HubId)));
        }

        db.AddRange(files.Events.Select(e => ToEntity(e, files, hubs, queues, now)));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return files.Series.Select((s, i) => (Key: (s.Queue, s.Hub), series[i].Id)).ToDictionary(s => s.Key, s => s.Id);
    }

    private async Task<long> LoadVolumes(
        SampleOperationFiles files, Dictionary<(string Queue, string Hub), int> series, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var generator = new SampleVolumeGenerator(files);
        var expected = (double)files.Series.Count * files.Dates.DayCount * 24 * 60 / SampleCalendar.IntervalMinutes;
        long written = 0;
        await using var writer = await volumes.OpenWriter(cancellationToken);
        foreach (var rows in generator.Generate().Select(v => ToRow(v, series[(v.Queue, v.Hub)])).Chunk(VolumeStore.BatchSize))
        {
            await writer.Write(rows, cancellationToken);
            written += rows.Length;
            progress?.Report(Math.Min(1, written / expected));
        }

        return written;
    }

    private static VolumeRow ToRow(SampleVolume v, int seriesId) =>
        new(seriesId, v.IntervalStart, v.Offered, v.Handled, v.HandleTimeSeconds, v.Abandoned, v.Backlog);

    internal static WorkQueue ToEntity(SampleQueue q, Instant now) => new()
    {
        Code = q.Code,
        Name = q.Name,
        Channel = q.Channel,
        Kind = q.Immediate ? WorkKind.Immediate : WorkKind.Deferrable,
        Language = q.Language,
        Severity = q.Severity,
        Priority = q.Priority,
        SkillGroup = q.SkillGroup,
        ExposureClass = q.ExposureClass,
        AhtSeconds = q.AhtSeconds,
        Concurrency = q.Concurrency,
        MinimumHeads = q.MinimumHeads,
        UpdatedAt = now,
        Goal = q.Goal,
    };

    private static ShiftTemplate ToEntity(SampleShiftTemplate t, Guid hubId, Instant now) => new()
    {
        Code = t.Code,
        HubId = hubId,
        EarliestStart = t.EarliestStart,
        LatestStart = t.LatestStart,
        StartStepMinutes = t.StartStepMinutes,
        LengthMinutes = t.LengthMinutes,
        Days = [.. t.Days],
        UpdatedAt = now,
        Breaks = [.. t.Breaks.Select(b => new BreakWindow(b.Kind, b.LengthMinutes, b.EarliestAfterMinutes, b.LatestAfterMinutes, b.Paid))],
    };

    private static TimeOffEntry ToEntity(SampleTimeOff t, Agent agent, SampleOperationFiles files, Instant now)
    {
        var zone = files.HubsByCode[files.Agents.First(a => a.Code == t.Agent).Hub].Zone;
        return new TimeOffEntry
        {
            AgentId = agent.Id,
            Type = t.Kind,
            Kind = Enum.Parse<Scheduling.Problem.LeaveKind>(t.Kind, ignoreCase: true),
            Start = zone.AtLeniently(t.StartLocal).ToInstant(),
            End = zone.AtLeniently(t.EndLocal).ToInstant(),
            GrantedAt = now,
        };
    }

    /// <summary>The days of leave with what usual ones cost: no roster is there yet.</summary>
    private static IEnumerable<LeaveBooking> Booked(SampleTimeOff off, Agent agent, TimeOffEntry entry, List<ShiftTemplate> templates)
    {
        var (first, planned) = (off.StartLocal.Date, templates.ConvertAll(RosterProblemBuilder.ToProblem));
        var person = RosterProblemBuilder.ToProblem(agent, new Dictionary<string, Contract>(), [], first, days: 1);
        return Enumerable.Range(0, Period.DaysBetween(first, off.EndLocal.Date)).Select(first.PlusDays)
            .Select(date => (Date: date, Minutes: LeaveCost.UsualMinutes(person, date, planned))).Where(d => d.Minutes > 0)
            .Select(d => new LeaveBooking
            {
                AgentId = agent.Id,
                HubId = agent.HubId,
                Date = d.Date,
                Type = entry.Type,
                Minutes = d.Minutes,
                EntryId = entry.Id,
            });
    }

    private static OperationEvent ToEntity(
        SampleEvent e, SampleOperationFiles files, Dictionary<string, Hub> hubs, Dictionary<string, WorkQueue> queues, Instant now)
    {
        var during = e.During(files.HubsByCode);
        return new OperationEvent
        {
            Code = e.Code,
            Kind = e.Kind,
            Name = e.Name,
            HubId = e.Hub is null ? null : hubs[e.Hub].Id,
            QueueId = e.Queue is null ? null : queues[e.Queue].Id,
            Start = during.Start,
            End = during.End,
            Repeats = e.Repeats,
            UpdatedAt = now,
        };
    }

    internal static List<OpeningWindow> Windows(IReadOnlyList<SampleWindow> windows) => [.. windows.Select(w => new OpeningWindow(w.Day, w.From, w.To))];
}
