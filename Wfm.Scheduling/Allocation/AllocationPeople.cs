using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>The people of a hub as kinds: who has the same skills, contract and availability is one of a number.</summary>
/// <remarks>
/// A kind's hours and shifts are those its contracts and the law leave after leave; a shift keeps everybody on it and in the rest after it. Rules on single
/// days, runs of days and averages are left to the rosters, so what a kind offers is never less than what its people can do.
/// </remarks>
public static class AllocationPeople
{
    private static readonly LocalTime[] MomentTimes = [LocalTime.Midnight, LocalTime.Noon];

    /// <summary>The kinds of a hub.</summary>
    /// <param name="hub">Code of the hub.</param>
    /// <param name="problem">Its people, templates and rules, with a period that holds the span.</param>
    /// <param name="costs">Cost of a paid hour by code of contract; 1 for one that is not there.</param>
    /// <param name="span">The intervals.</param>
    /// <param name="terms">Premiums and handover.</param>
    public static IReadOnlyList<AllocationKind> Of(
        string hub, RosterProblem problem, IReadOnlyDictionary<string, double> costs, AllocationSpan span, AllocationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(terms);
        var first = span.Start.InZone(problem.Zone).Date;
        var groups = problem.Agents.Where(a => a.EmployedTo is null || a.EmployedTo >= first).GroupBy(a => Key(a, first), StringComparer.Ordinal);
        return
        [
            .. groups.OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select((g, i) => new KindBuilder(hub, problem, span, terms, [.. g]).Build($"{hub} {i + 1:000}", costs)),
        ];
    }

    /// <summary>Moments of a span at which everybody of a kind is at most once at work or at rest.</summary>
    internal static Instant[] Moments(RosterProblem problem, AllocationSpan span)
    {
        var moments = new List<Instant>();
        for (var date = span.Start.InZone(problem.Zone).Date; date <= span.End.InZone(problem.Zone).Date; date = date.PlusDays(1))
        {
            moments.AddRange(MomentTimes.Select(time => problem.Zone.AtLeniently(date.At(time)).ToInstant()).Where(m => m >= span.Start && m < span.End));
        }

        return [.. moments];
    }

    private static string Key(RosterAgent agent, LocalDate date)
    {
        var skills = agent.Skills.Select(s => s.Group).Except(agent.OptOutGroups).Order(StringComparer.Ordinal);
        var windows = agent.Availability.Select(w => $"{w.Day} {w.From:HH:mm} {w.To:HH:mm}");
        return $"{agent.ContractOn(date).Code}|{string.Join(',', skills)}|{string.Join(',', windows)}";
    }

    private sealed class KindBuilder(string hub, RosterProblem problem, AllocationSpan span, AllocationTerms terms, IReadOnlyList<RosterAgent> agents)
    {
        private readonly LocalDate _first = span.Start.InZone(problem.Zone).Date;
        private readonly Contract _contract = agents[0].ContractOn(span.Start.InZone(problem.Zone).Date);

        private double Weeks => span.Days / 7;

        public AllocationKind Build(string name, IReadOnlyDictionary<string, double> costs)
        {
            var moments = Moments(problem, span);
            var law = Law();
            var cost = costs.GetValueOrDefault(_contract.Code, 1);
            var present = agents.Sum(a => 1 - Away(a));
            return new AllocationKind(
                name, hub, Skills(), cost, [.. moments.Select(m => (double)agents.Count(a => IsThere(a, m)))],
                present * Weeks * Math.Min(_contract.MaximumWeeklyHours.TotalHours, law.WeeklyHours),
                present * Weeks * Math.Min(_contract.MaximumDaysPerWeek ?? 7, law.WeeklyDays), [.. Offers(cost, moments, law)])
            {
                Heads = agents.Count,
                LimitedHours = law.Exposure?.Hours,
                LimitedClass = law.Exposure?.Class ?? 0,
            };
        }

        private IReadOnlyList<AgentSkill> Skills() =>
        [
            .. agents.SelectMany(a => a.Skills.Where(s => !a.OptOutGroups.Contains(s.Group))).GroupBy(s => s.Group, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new AgentSkill(g.Key, g.Average(s => s.Proficiency))),
        ];

        // The share of the span's days on which somebody is on leave or not employed.
        private double Away(RosterAgent agent)
        {
            var days = Math.Max(1, (int)Math.Round(span.Days));
            var away = Enumerable.Range(0, days)
                .Count(d => !IsThere(agent, problem.Zone.AtLeniently(_first.PlusDays(d).At(LocalTime.Noon)).ToInstant()));
            return away / (double)days;
        }

        private bool IsThere(RosterAgent agent, Instant moment)
        {
            var date = moment.InZone(problem.Zone).Date;
            var (from, to) = (problem.Zone.AtStartOfDay(date).ToInstant(), problem.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
            return agent.IsEmployed(date) && !agent.TimeOff.Any(t => t.Start < to && t.End > from);
        }

        private KindLaw Law()
        {
            var rules = problem.Policy.Rules.Concat(_contract.Rules)
                .Where(r => (r.ValidFrom ?? problem.Policy.ValidFrom) <= _first && !(r.ValidTo < _first)).ToList();
            var exposure = Of(MaximumExposure.Definition).Where(r => (r.Parameters.Find("days") ?? 1) <= 1 && r.Parameters.Find(Exposure.MinimumClass.Name) > 0)
                .MaxBy(r => r.Parameters[Exposure.MinimumClass.Name]);
            return new KindLaw(
                Of(MinimumDailyRest.Definition).Select(r => r.Parameters["hours"]).DefaultIfEmpty().Max(),
                Of(MaximumWeeklyHours.Definition).Select(r => r.Parameters["hours"]).DefaultIfEmpty(168).Min(),
                7 - Of(MinimumDaysOff.Definition).Select(r => r.Parameters["days"]).DefaultIfEmpty().Max(),
                exposure is null ? null : (exposure.Parameters["minutes"] / 60, (int)exposure.Parameters[Exposure.MinimumClass.Name]));

            IEnumerable<LabourRule> Of(RuleKind kind) => rules.Where(r => r.Kind == kind);
        }

        private IEnumerable<ShiftOffer> Offers(double cost, Instant[] moments, KindLaw law)
        {
            foreach (var template in problem.Templates.Where(t => _contract.Templates is null || _contract.Templates.Contains(t.Code)))
            {
                var step = Duration.Max(template.StartStep, terms.StartStep);
                var shape = new OfferShape(template, terms.Handover);
                for (var date = _first; date <= span.End.InZone(problem.Zone).Date; date = date.PlusDays(1))
                {
                    if (!template.Days.Contains(date.DayOfWeek)) continue;
                    for (var minute = 0L; minute <= Period.Between(template.EarliestStart, template.LatestStart, PeriodUnits.Minutes).Minutes;
                        minute += (long)step.TotalMinutes)
                    {
                        var start = problem.Zone.AtLeniently(date.At(template.EarliestStart.PlusMinutes(minute))).ToInstant();
                        if (start < span.Start || start >= span.End || !IsAvailable(date, start, start + template.Length)) continue;
                        yield return shape.Offer(problem, span, terms, date, start, cost, Taken(moments, start, template.Length, law.RestHours));
                    }
                }
            }
        }

        // A shift that reaches over the end takes the moments at the beginning, as the week repeats itself.
        private int[] Taken(Instant[] moments, Instant start, Duration length, double restHours)
        {
            var until = start + length + Duration.FromHours(restHours);
            var lap = span.End - span.Start;
            return [.. Enumerable.Range(0, moments.Length).Where(m => Takes(moments[m]) || Takes(moments[m] + lap))];

            bool Takes(Instant moment) => moment >= start && moment < until;
        }

        private bool IsAvailable(LocalDate date, Instant start, Instant end)
        {
            var windows = agents[0].Availability;
            if (windows.Count == 0) return true;
            return Holds(date) || Holds(date.PlusDays(-1)); // a window of the evening before may reach over midnight

            bool Holds(LocalDate day) => windows.Any(w =>
                w.Day == day.DayOfWeek && problem.Zone.AtLeniently(day.At(w.From)).ToInstant() <= start
                && problem.Zone.AtLeniently((w.To > w.From ? day : day.PlusDays(1)).At(w.To)).ToInstant() >= end);
        }
    }

    /// <summary>What the law leaves of a kind's week.</summary>
    private sealed record KindLaw(double RestHours, double WeeklyHours, double WeeklyDays, (double Hours, int Class)? Exposure);
}
