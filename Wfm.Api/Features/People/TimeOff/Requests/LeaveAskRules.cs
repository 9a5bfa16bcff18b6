using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>What a request must say before any rule looks at it.</summary>
internal static class LeaveAskRules
{
    private const int MostDays = 366;
    private const int FurthestDays = 1096; // three years ahead

    /// <summary>The request as instants; findings for what cannot be.</summary>
    /// <param name="type">Null where there is none of its code.</param>
    public static LeaveAsk? Read(AskLeaveRequest request, Agent agent, LeaveType? type, Instant now, Findings findings)
    {
        findings.Require(type is not null, "/type", request.Type, $"There is no leave type '{request.Type}'.");
        findings.Require(type?.Active != false, "/type", request.Type, $"Nobody can ask for '{request.Type}' any more: the type is not active.");
        findings.Require(agent.Active, "/from", request.From, $"Agent '{agent.Code}' is not active.");
        if (type is null || request.From is not { } from)
        {
            return null;
        }

        var to = request.To ?? from;
        Days(request, agent, from, to, findings);
        var isPart = request.FromTime is not null || request.ToTime is not null;
        Part(request, type, from, to, isPart, findings);
        if (findings.Any)
        {
            return null;
        }

        var zone = agent.Hub!.Zone;
        var start = isPart ? TimeRanges.InstantOf(zone, from + request.FromTime!.Value) : zone.AtStartOfDay(from).ToInstant();
        var end = !isPart || request.ToTime == LocalTime.Midnight ? zone.AtStartOfDay(to.PlusDays(1)).ToInstant()
            : TimeRanges.InstantOf(zone, from + request.ToTime!.Value);
        findings.Require(start < end, "/toTime", request.ToTime, "The clocks of the hub skip this time.");
        Times(request, type, from, start, now.InZone(zone), isPart, findings);
        return new LeaveAsk(start, end, isPart, request.Note, request.Wait, request.ExpiresAt);
    }

    private static void Days(AskLeaveRequest request, Agent agent, LocalDate from, LocalDate to, Findings findings)
    {
        findings.Require(to >= from, "/to", request.To, $"The last date {to:uuuu-MM-dd} is before the first, {from:uuuu-MM-dd}.");
        findings.Require(
            Period.DaysBetween(from, to) < MostDays, "/to", request.To, $"{Period.DaysBetween(from, to) + 1} days are asked for; at most {MostDays} can be.");
        findings.Require(
            !(from < agent.EmployedFrom), "/from", request.From, $"The employment of '{agent.Code}' begins on {agent.EmployedFrom:uuuu-MM-dd}.");
        findings.Require(!(to > agent.EmployedTo), "/to", request.To, $"The employment of '{agent.Code}' ends on {agent.EmployedTo:uuuu-MM-dd}.");
    }

    private static void Part(AskLeaveRequest request, LeaveType type, LocalDate from, LocalDate to, bool isPart, Findings findings)
    {
        if (!isPart)
        {
            return;
        }

        findings.Require(request.FromTime is not null, "/fromTime", null, "A part of a day needs fromTime and toTime.");
        findings.Require(request.ToTime is not null, "/toTime", null, "A part of a day needs fromTime and toTime.");
        findings.Require(type.PartDays, "/fromTime", request.FromTime, $"Leave of type '{type.Code}' is whole days; leave fromTime and toTime out.");
        findings.Require(from == to, "/to", request.To, "A part is of one day; ask for the other days apart.");
        findings.Require(
            request is not { FromTime: { } begin, ToTime: { } finish } || finish > begin || finish == LocalTime.Midnight, "/toTime", request.ToTime,
            $"The part ends at {request.ToTime:HH:mm}, not after {request.FromTime:HH:mm}.");
        findings.Require(
            request.FromTime is null || request.FromTime.Value.TickOfSecond == 0, "/fromTime", request.FromTime, "A whole second is needed.");
        findings.Require(request.ToTime is null || request.ToTime.Value.TickOfSecond == 0, "/toTime", request.ToTime, "A whole second is needed.");
    }

    private static void Times(AskLeaveRequest request, LeaveType type, LocalDate from, Instant start, ZonedDateTime now, bool isPart, Findings findings)
    {
        var (earliest, instant) = (now.Date.PlusDays(-type.BackDays), now.ToInstant());
        if (type.Told)
        {
            findings.Require(
                from >= earliest, "/from", request.From,
                $"Leave of type '{type.Code}' can be told {type.BackDays} days back, from {earliest:uuuu-MM-dd} on; have it entered as time off.");
        }
        else
        {
            findings.Require(from >= now.Date, "/from", request.From, $"{from:uuuu-MM-dd} is past: it is {now.Date:uuuu-MM-dd} at the hub.");
            findings.Require(
                !isPart || from != now.Date || start > instant, "/fromTime", request.FromTime, $"It is {now.TimeOfDay:HH:mm} at the hub already.");
        }

        findings.Require(
            from <= now.Date.PlusDays(FurthestDays), "/from", request.From, $"Leave can be asked for until {now.Date.PlusDays(FurthestDays):uuuu-MM-dd}.");
        findings.Require(
            request.ExpiresAt is not { } expires || (expires > instant && expires <= Instant.Max(start, instant)), "/expiresAt", request.ExpiresAt,
            $"It can wait until its start, {start}; {request.ExpiresAt} is not between now and then.");
    }
}
