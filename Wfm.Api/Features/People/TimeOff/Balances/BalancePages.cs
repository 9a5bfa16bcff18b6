using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>The balances of some people, of one type: what was said and booked, and what is added while somebody has the turn of the hub.</summary>
/// <param name="type">The type, with a balance of its own.</param>
/// <param name="said">Openings and adjustments by date, then id.</param>
/// <param name="booked">Bookings by id.</param>
/// <param name="contracts">Contracts that follow the first, by code.</param>
internal sealed class BalancePages(
    LeaveType type, IEnumerable<BalanceEntry> said, IEnumerable<LeaveBooking> booked, IReadOnlyDictionary<string, Contract> contracts)
{
    private readonly Dictionary<Guid, List<BalanceEntry>> _said = said.GroupBy(e => e.AgentId).ToDictionary(g => g.Key, g => g.ToList());
    private readonly Dictionary<Guid, List<LeaveBooking>> _booked = booked.GroupBy(b => b.AgentId).ToDictionary(g => g.Key, g => g.ToList());

    /// <summary>What was said of a person's balance, by date.</summary>
    public IReadOnlyList<BalanceEntry> Said(Guid agent) => _said.GetValueOrDefault(agent, []);

    /// <param name="agent">With contract.</param>
    /// <param name="through">Looked at to this date, and to the last booking.</param>
    /// <param name="without">A request whose bookings are left out.</param>
    /// <param name="more">Entries that are not stored.</param>
    public LeaveLedger Ledger(Agent agent, LocalDate through, Guid? without = null, IReadOnlyCollection<LeaveEntry>? more = null)
    {
        var mine = Said(agent.Id);
        LeaveEntry[] entries =
        [
            .. mine.Select(e => new LeaveEntry(e.On, e.Kind, e.Minutes, e.Id.ToString())),
            .. _booked.GetValueOrDefault(agent.Id, []).Where(b => without is null || b.RequestId != without)
                .Select(b => new LeaveEntry(b.Date, LeaveEntryKind.Booking, -b.Minutes, b.Id.ToString())),
            .. more ?? [],
        ];
        return new LeaveLedger(Terms(agent, mine), entries, entries.Select(e => e.On).Append(through).Max());
    }

    /// <summary>A balance with some days taken from it.</summary>
    /// <param name="days">Local dates with the minutes that leave takes of each.</param>
    public BalanceAfter After(Agent agent, IReadOnlyList<(LocalDate Date, int Minutes)> days, Guid? without = null)
    {
        var (first, last) = (days.Min(d => d.Date), days.Max(d => d.Date));
        LeaveEntry[] taken = [.. days.Where(d => d.Minutes > 0).Select(d => new LeaveEntry(d.Date, LeaveEntryKind.Booking, -d.Minutes))];
        var (lowest, on) = Ledger(agent, last, without, taken).LowestFrom(first);
        return new BalanceAfter(
            type.Code, Ledger(agent, last, without).At(first), taken.Sum(t => -t.Minutes), lowest, on, type.Terms!.OverdraftMinutes);
    }

    /// <summary>Why an opening or adjustment cannot be, in words; null when it can.</summary>
    public string? WhyNot(Agent agent, BalanceEntry entry)
    {
        var (lowest, on) = Ledger(agent, entry.On, more: [new LeaveEntry(entry.On, entry.Kind, entry.Minutes)]).LowestFrom(entry.On);
        return lowest >= -type.Terms!.OverdraftMinutes ? null
            : $"The balance '{type.Code}' of agent '{agent.Code}' would be {BalanceHours.Of(lowest)} h on {on:uuuu-MM-dd}, below the "
                + $"{-type.Terms.OverdraftHours} h that the type allows; take leave back first, or say another number.";
    }

    public void Add(BalanceEntry entry)
    {
        var mine = _said.TryGetValue(entry.AgentId, out var known) ? known : _said[entry.AgentId] = [];
        mine.Insert(mine.FindLastIndex(e => e.On <= entry.On) + 1, entry);
    }

    public void Add(LeaveBooking booking)
    {
        (_booked.TryGetValue(booking.AgentId, out var mine) ? mine : _booked[booking.AgentId] = []).Add(booking);
    }

    /// <summary>What is earned: by the person's last opening that says so, else by the type, in proportion to the hours of the contract.</summary>
    private AccrualTerms Terms(Agent agent, IReadOnlyList<BalanceEntry> said)
    {
        var terms = type.Terms!;
        var openings = said.Where(e => e.Kind == LeaveEntryKind.Opening).ToList();
        var start = LaterOf(terms.From, agent.EmployedFrom) ?? openings.FirstOrDefault()?.On;
        var rates = new SortedDictionary<LocalDate, double>();
        if (start is { } first && terms.HoursPerMonth > 0)
        {
            foreach (var (from, part) in Parts(agent, terms))
            {
                rates[LocalDate.Max(first, from)] = terms.HoursPerMonth * part; // of those before the start, the last one counts
            }
        }

        foreach (var own in openings.Where(o => o.HoursPerMonth is not null))
        {
            foreach (var later in rates.Keys.Where(date => date >= own.On).ToList())
            {
                rates.Remove(later);
            }

            rates[own.On] = own.HoursPerMonth!.Value;
        }

        return new AccrualTerms(
            [.. rates.Select(r => new AccrualRate(r.Key, r.Value))], agent.EmployedTo, terms.YearStartsInMonth,
            terms.CarryOverHours is { } hours ? (int)Math.Round(hours * 60) : null);
    }

    /// <summary>The part of full time that each of the person's contracts is, from its date on.</summary>
    private List<(LocalDate From, double Part)> Parts(Agent agent, BalanceTerms terms)
    {
        if (terms.FullTimeHours is not { } fullTime)
        {
            return [(LocalDate.MinIsoValue, 1)];
        }

        return
        [
            (LocalDate.MinIsoValue, Part(agent.Contract!)),
            .. agent.Contracts.Where(t => contracts.ContainsKey(t.Contract)).Select(t => (t.From, Part(contracts[t.Contract]))),
        ];

        double Part(Contract contract) => (contract.MinimumWeeklyHours > 0 ? contract.MinimumWeeklyHours : contract.MaximumWeeklyHours) / fullTime;
    }

    private static LocalDate? LaterOf(LocalDate? a, LocalDate? b) => a is { } x && b is { } y ? LocalDate.Max(x, y) : a ?? b;
}
