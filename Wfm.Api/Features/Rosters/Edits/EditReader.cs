using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Reads the operations of an edit; what does not exist or cannot be is named, all at once.</summary>
public sealed class EditReader(WfmDbContext db, RosterPins pins)
{
    private static readonly HashSet<EditKind> Dated = [EditKind.Assign, EditKind.Remove, EditKind.Move, EditKind.Resize, EditKind.Segment, EditKind.Swap];

    /// <exception cref="ProblemException">422: with everything that cannot be used.</exception>
    internal async Task<IReadOnlyList<EditOperation>> Read(
        EditRosterRequest request, Hub hub, LocalDate start, int days, Findings findings, CancellationToken cancellationToken)
    {
        var shifts = await Shifts(request.Operations, hub, start, days, findings, cancellationToken);
        var codes = await db.ActiveActivityCodes(cancellationToken);
        var read = new List<EditOperation>();
        for (var i = 0; i < request.Operations.Count; i++)
        {
            if (request.Operations[i] is not { } operation)
            {
                findings.Add($"/operations/{i}", null, "A null in the list.");
            }
            else if (Read(operation, hub.Zone, codes, shifts.GetValueOrDefault(i), $"/operations/{i}", findings) is { } known)
            {
                read.Add(known);
            }
        }

        findings.ThrowIfAny();
        return read;
    }

    private static EditOperation? Read(
        EditOperationRequest o, DateTimeZone zone, ActiveCodes codes, RosterShift? shift, string at, Findings findings)
    {
        var before = findings.All.Count;
        findings.Require(o.Kind is null || !Dated.Contains(o.Kind.Value) || o.Date is not null, $"{at}/date", null, "The local day of the shift is needed.");
        var start = Time(o.Start, o.LocalStart, zone, $"{at}/start", $"{at}/localStart", findings);
        var end = Time(o.End, o.LocalEnd, zone, $"{at}/end", $"{at}/localEnd", findings);
        findings.Require(start is not null || o.Kind is not (EditKind.Move or EditKind.Segment or EditKind.Leave), $"{at}/start", null, "A start is needed.");
        findings.Require(end is not null || o.Kind is not (EditKind.Segment or EditKind.Leave), $"{at}/end", null, "An end is needed.");
        findings.Require(
            start is not null || end is not null || o.Kind is not EditKind.Resize, $"{at}/start", null, "A new start, a new end or both are needed.");
        findings.Require(!(end <= start), $"{at}/end", end, $"The end {end} must be after the start {start}.");
        findings.Require(o.Kind is not EditKind.Swap || !string.IsNullOrEmpty(o.Other), $"{at}/other", o.Other, "The other agent of the swap is needed.");
        findings.Require(
            o.Kind is not EditKind.Segment || !string.IsNullOrWhiteSpace(o.Activity), $"{at}/activity", o.Activity, "What the segment becomes is needed.");
        var unknown = o.Kind is not EditKind.Segment || string.IsNullOrWhiteSpace(o.Activity) ? null : codes.WhyNot(o.Activity);
        findings.Require(unknown is null, $"{at}/activity", o.Activity, unknown ?? "");
        findings.Require(
            o.Kind is not EditKind.Segment || (o.Activity == ActivityKinds.Work) == (o.Group is not null), $"{at}/group", o.Group,
            o.Activity == ActivityKinds.Work ? "Work needs a skill group." : "Only work has a skill group.");
        findings.Require(o.Kind is not EditKind.Assign || o.Shift is not null, $"{at}/shift", null, "The shift to assign is needed.");
        if (findings.All.Count > before)
        {
            return null;
        }

        return o.Kind switch
        {
            EditKind.Assign => shift is null ? null : new EditOperation.Assign(shift),
            EditKind.Remove => new EditOperation.Remove(o.Agent, o.Date!.Value),
            EditKind.Move => new EditOperation.Move(o.Agent, o.Date!.Value, start!.Value),
            EditKind.Resize => new EditOperation.Resize(o.Agent, o.Date!.Value, start, end),
            EditKind.Segment => new EditOperation.Segment(o.Agent, o.Date!.Value, new ShiftActivity(o.Activity!, o.Group, start!.Value, end!.Value)),
            EditKind.Swap => new EditOperation.Swap(o.Agent, o.Date!.Value, o.Other!, o.OtherDate ?? o.Date.Value),
            EditKind.Leave => new EditOperation.Away(o.Agent, start!.Value, end!.Value),
            _ => null,
        };
    }

    private static Instant? Time(Instant? instant, LocalDateTime? local, DateTimeZone zone, string field, string localField, Findings findings)
    {
        findings.Require(instant is null || local is null, localField, local, "Give an instant or a local time, not both.");
        var read = instant ?? (local is { } time ? TimeRanges.InstantOf(zone, time) : null);
        findings.Require(
            (read?.ToUnixTimeTicks() ?? 0) % NodaConstants.TicksPerMinute == 0, instant is null ? localField : field, read, "Whole minutes are needed.");
        return read;
    }

    private async Task<Dictionary<int, RosterShift?>> Shifts(
        IReadOnlyList<EditOperationRequest> operations, Hub hub, LocalDate start, int days, Findings findings, CancellationToken cancellationToken)
    {
        var assigned = operations.Select((o, i) => (Operation: o, Index: i))
            .Where(o => o.Operation is { Kind: EditKind.Assign, Date: not null, Shift: not null }).ToList();
        var read = new Dictionary<int, RosterShift?>();
        foreach (var (operation, index) in assigned)
        {
            var pin = new PinRequest { Agent = operation.Agent, Date = operation.Date!.Value, Shift = operation.Shift };
            var found = new Findings();
            var known = await pins.Read([pin], hub, start, days, found, cancellationToken);
            foreach (var finding in found.All)
            {
                findings.Add(finding.Field.Replace("/pins/0", $"/operations/{index}", StringComparison.Ordinal), finding.Value, finding.Reason);
            }

            read[index] = known.FirstOrDefault()?.Shift;
        }

        return read;
    }
}
