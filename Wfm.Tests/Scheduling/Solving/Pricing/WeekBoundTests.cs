using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Solving.Pricing;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving.Pricing;

public sealed class WeekBoundTests
{
    [Test]
    public void Round_TinyHub_BoundIsNotAboveTheOptimumOfAllRosters([Range(1, 12)] int seed, [Values] bool withPeople)
    {
        var compiled = new CompiledProblem(withPeople ? TinyOfPeople(seed) : Tiny(seed));
        var rosters = Rosters(compiled).ToList();
        var optimum = rosters.Min(r => r.Cost);
        var bounds = new[] { rosters[0], rosters.MinBy(r => r.Cost), rosters.MaxBy(r => r.Cost) }
            .Select(start => Bound(compiled, start.Cells, 80).Value).ToList();

        bounds.Should().OnlyContain(b => b <= optimum + (1e-9 * optimum), "every roster to start from gives a bound");
        bounds[1].Should().BeGreaterThan((withPeople ? 0.2 : 0.5) * optimum); // seats and people are told to no bound
    }

    [Test]
    public void Round_DemandBeyondAllHands_BoundIsTheOptimum()
    {
        // Every head-hour saves the same, wherever it is worked: nothing that the relaxation lets go matters, and squares of nights are met in their middle.
        var agents = Enumerable.Range(0, 3)
            .Select(i => RosterProblems.Agent($"A{i}", RosterProblems.Contract(40, 40, 5)) with { Ledger = new FairnessLedger(i, i) }).ToArray();
        var problem = RosterProblems.Hub(
            agents, [RosterProblems.Template("day", 8, 8, 8), RosterProblems.Template("night", 22, 22, 8)],
            [RosterProblems.Demand("chat", 7, i => 50)],
            objective: new RosterObjective { DeepUnderCost = 0 });
        var compiled = new CompiledProblem(problem);
        var thread = new SearchThread(compiled, new SolveLimits(1, 60_000), 0, default);
        thread.Anneal(1, (_, _, _) => { });
        var bound = Bound(compiled, thread.Cells, 20);

        bound.Value.Should().BeApproximately(thread.Cost, thread.Cost * 1e-9);
        RelaxedCoverage.Of(compiled.Costs, bound.Mixture).Should().Be(new RelaxedCoverage((50 * 7 * 24) - (3 * 40), 0));
    }

    [Test]
    public void Round_RandomHubs_IsBelowEverySolvedRoster([Range(1, 6)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.Random(seed));
        var threads = Enumerable.Range(0, 3).Select(i => new SearchThread(compiled, new SolveLimits(seed, 30_000), i, default)).ToList();
        threads.ForEach(t => t.Anneal(1, (_, _, _) => { }));

        foreach (var thread in threads)
        {
            Bound(compiled, thread.Cells, 40).Value.Should().BePositive().And.BeLessThan(threads.Min(t => t.Cost));
        }
    }

    [Test]
    public void Solve_Hub_SaysWhatTheRelaxationLeavesUncovered()
    {
        var result = new RosterSolver().Solve(RosterProblems.Random(2), new SolveLimits(1, 60_000));

        result.Bound.Should().BePositive();
        result.Relaxed.Should().NotBeNull();
        result.Relaxed!.MissingHours.Should().BePositive();
    }

    [Test]
    public void FairShares_AnyRosters_AreBelowTheSquaresAndExactWhereTheyWereTaken([Range(1, 4)] int seed)
    {
        var problem = RosterProblems.Random(seed);
        var compiled = new CompiledProblem(problem with { Holidays = [problem.Start.PlusDays(2), problem.Start.PlusDays(9)] });
        var rosters = Enumerable.Range(0, 4).Select(i => new SearchThread(compiled, new SolveLimits(seed, i * 4_000), i, default)).ToList();
        rosters.ForEach(t => t.Anneal(1, (_, _, _) => { }));
        var shares = new FairShares(compiled, rosters[0].Cells);
        ReadOnlySpan<DayCell> Days(DayCell[] cells, int a) => cells.AsSpan(a * compiled.Calendar.Rows, compiled.Calendar.Rows);
        (double Priced, double Squares) Both(DayCell[] cells)
        {
            var (priced, squares) = (shares.Base, 0.0);
            for (var a = 0; a < compiled.Agents; a++)
            {
                var (now, least) = (compiled.Goals.Shares(a, Days(cells, a)), compiled.Goals.Shares(a, Days(compiled.Start.Cells, a)));
                priced += (shares.Night(a) * (now.Nights - least.Nights)) + (shares.Weekend(a) * (now.Weekends - least.Weekends))
                    + (shares.Holiday(a) * (now.Holidays - least.Holidays));
                squares += compiled.Goals.Score(a, Days(cells, a), compiled.Calendar.Offset, compiled.Calendar.End - 1).Fairness;
            }

            return (priced, squares);
        }

        Both(rosters[0].Cells).Priced.Should().BeApproximately(Both(rosters[0].Cells).Squares, 1);
        rosters.Skip(1).Append(null).Select(t => Both(t?.Cells ?? compiled.Start.Cells)).Should().OnlyContain(b => b.Priced <= b.Squares + 1);
    }

    [Test]
    public void DayOffers_RandomPrices_AreTheCheapestStartsAndBreaks([Range(1, 4)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.Random(seed));
        var random = new Random(seed);
        int[] works = [.. Enumerable.Range(1, compiled.Shifts.FirstPinned - 1).Select(v => (int)compiled.Shifts[v].Work).Append(0).Distinct().Order()];
        var offers = new DayOffers(compiled, works);
        var prices = compiled.Costs.Required.Select(_ => random.NextDouble() - 0.5).ToArray();
        offers.Price(prices);
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
        {
            var agent = random.Next(compiled.Agents);
            foreach (var offer in offers.On(agent, row))
            {
                var group = random.Next(compiled.Costs.Groups);
                double Cost(int variant, int pattern) => LinearPrices.Sum(prices, compiled.CoverAt(variant, group), compiled.Profile(variant, group, pattern));
                var shift = offer.Shift;
                var all = compiled.Eligibility.On(agent, row)
                    .Where(v => compiled.Plain(v).Template == shift.Template && compiled.Plain(v).IsNight == shift.IsNight)
                    .SelectMany(v => compiled.Eligibility.Patterns(agent, v, group).Select(p => Cost(v, p))).DefaultIfEmpty(double.PositiveInfinity);

                offers.Cost(offer, group).Should().Be(all.Min());
            }
        }
    }

    [Test]
    public void DayOffers_TwoGroupsAtRandomPrices_AreBelowEveryChoiceOfBlocks([Range(1, 4)] int seed, [Values] bool isEquallyGood)
    {
        var problem = RosterProblems.Segmented(
            RosterProblems.Random(seed), seed % 2 == 0 ? SegmentedShifts.Always : SegmentedShifts.WhereLimited, RosterProblems.AtMostSevere(240));
        var compiled = new CompiledProblem(isEquallyGood ? WithPeople(problem, a => Skilled(a, 1)) : problem);
        var random = new Random(seed);
        int[] works = [.. Enumerable.Range(1, compiled.Shifts.FirstPinned - 1).Select(v => (int)compiled.Shifts[v].Work).Append(0).Distinct().Order()];
        var offers = new DayOffers(compiled, works);
        var prices = compiled.Costs.Required.Select(_ => random.NextDouble() - 0.7).ToArray();
        offers.Price(prices);
        var pairs = 0;
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
        {
            var agent = random.Next(compiled.Agents);
            foreach (var offer in offers.On(agent, row))
            {
                var all = compiled.Eligibility.On(agent, row)
                    .Where(v => compiled.Plain(v).Template == offer.Shift.Template && compiled.Plain(v).IsNight == offer.Shift.IsNight)
                    .SelectMany(v => Mixed(compiled, agent, v)).Select(c => (Cell: c, Cost: Cost(compiled, agent, c, prices))).ToList();
                var least = all.Count > 0 ? all.Min(c => c.Cost) : double.PositiveInfinity;
                var found = double.PositiveInfinity;
                foreach (var choice in offers.ChoicesOn(agent, offer.Shift.Template))
                {
                    if (choice.Index < compiled.Costs.Groups || double.IsInfinity(offers.Cost(offer, choice.Index))) continue;
                    found = Math.Min(found, offers.Cost(offer, choice.Index) * choice.Percent);
                    all.Should().Contain(c => c.Cell.IsSame(offers.Cell(offer, choice.Index)), "it is one of them");
                    pairs++;
                }

                if (isEquallyGood && all.Count > 0) found.Should().BeApproximately(least, 1e-6);
                else found.Should().BeLessThanOrEqualTo(least);
            }
        }

        pairs.Should().BePositive();
    }

    [Test]
    public void Round_RandomHubsOfBlocks_IsBelowEverySolvedRoster([Range(1, 4)] int seed)
    {
        var problem = RosterProblems.Segmented(
            RosterProblems.Random(seed), seed % 2 == 0 ? SegmentedShifts.Always : SegmentedShifts.WhereLimited, RosterProblems.AtMostSevere(240));
        var compiled = new CompiledProblem(problem);
        var threads = Enumerable.Range(0, 2).Select(i => new SearchThread(compiled, new SolveLimits(seed, 30_000), i, default)).ToList();
        threads.ForEach(t => t.Anneal(1, (_, _, _) => { }));

        threads.Should().Contain(t => t.Cells.Any(c => c.Blocks != 0));
        Bound(compiled, threads[0].Cells, 40).Value.Should().BePositive().And.BeLessThan(threads.Min(t => t.Cost));
    }

    private static RosterProblem WithPeople(RosterProblem p, Func<RosterAgent, RosterAgent> change) => new(
        p.Zone, p.Start, p.Days, p.Interval, [.. p.Agents.Select(change)], p.Templates, p.Demand, p.Policy, p.Objective, p.Surroundings, p.Pinned);

    private static RosterAgent Skilled(RosterAgent a, double proficiency) => new(
        a.Id, a.Contract, [.. a.Skills.Select(s => new AgentSkill(s.Group, proficiency))], a.Availability, a.TimeOff, a.OptOutGroups);

    private static IEnumerable<DayCell> Mixed(CompiledProblem compiled, int agent, int variant)
    {
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        return from g in groups
               from h in groups
               let mixed = compiled.Eligibility.Mixed(agent, variant, g, h)
               from blocks in mixed.Blocks
               from pattern in mixed.Patterns(blocks)
               select compiled.Cell(variant, g, h, blocks, pattern);
    }

    private static double Cost(CompiledProblem compiled, int agent, DayCell cell, double[] prices)
    {
        var cost = 0.0;
        compiled.Cover(cell, agent, (group, first, profile, percent) =>
            cost += LinearPrices.Sum(prices, (group * compiled.Costs.Stride) + first, profile) * percent);
        return cost;
    }

    private static WeekBound Bound(CompiledProblem compiled, DayCell[] start, int rounds)
    {
        var bound = new WeekBound(compiled, start);
        for (var round = 0; round < rounds; round++)
        {
            bound.Round(0);
        }

        return bound;
    }

    // Two people, four days over a weekend, a short day and a night: 6,561 rosters.
    private static RosterProblem Tiny(int seed)
    {
        var random = new Random(seed);
        var start = RosterProblems.Monday.PlusDays(random.Next(3, 6));
        var agents = Enumerable.Range(0, 2).Select(i => new RosterAgent(
                $"A{i}", RosterProblems.Contract(random.Next(3) * 6, 16, random.Next(2, 4)), [new AgentSkill("chat", 0.5 + (random.Next(6) / 10.0))], [], [], []
            )
        {
            Ledger = new FairnessLedger(random.Next(3), random.Next(3)) { Holidays = random.Next(3), RefusedWishes = random.Next(9) },
            Preferences = new AgentPreferences(
                    [new TemplatePreference("night", random.Next(3))],
                    [new ShiftWish(start.PlusDays(random.Next(4)), null, random.Next(2) == 0, random.Next(6))]),
        })
            .ToArray();
        var end = start.PlusDays(4).AtMidnight().InUtc().ToInstant();
        OutsideShift[] after =
        [
            .. agents.Where(_ => random.Next(2) == 0)
                .Select(a => new OutsideShift(a.Id, end + Duration.FromHours(9), end + Duration.FromHours(13), Duration.FromHours(4))),
        ];
        return RosterProblems.Hub(
            agents, [RosterProblems.Template("day", 9, 9, 4), RosterProblems.Template("night", 22, 22, 8)],
            [RosterProblems.Demand("chat", 4, _ => random.Next(3), Duration.FromHours(2), start: start)],
            days: 4, start: start, interval: Duration.FromHours(2), surroundings: after, objective: new RosterObjective
            {
                NightFairnessCost = random.Next(5),
                WeekendFairnessCost = random.Next(5),
                MissingContractHourCost = random.Next(20),
                OverCost = random.Next(6),
                HolidayFairnessCost = random.Next(5),
            }) with
        {
            Holidays = [start.PlusDays(random.Next(4))],
        };
    }

    // The same with leave in parts, employment, presence and seats told in people.
    private static RosterProblem TinyOfPeople(int seed)
    {
        var (tiny, random) = (Tiny(seed), new Random(seed));
        var agents = tiny.Agents.Select((a, i) => new RosterAgent(a.Id, a.Contract, [new AgentSkill("chat", 0.4 + random.Next(16) / 10.0)], [],
            [new TimeOff(tiny.Origin + Duration.FromHours(random.Next(72)), tiny.Origin + Duration.FromHours(80), (LeaveKind)random.Next(6))], [])
        {
            Ledger = a.Ledger,
            Preferences = a.Preferences,
            EmployedFrom = i == 0 && random.Next(2) == 0 ? tiny.Start.PlusDays(1) : null,
            Terms = i == 1 && random.Next(2) == 0 ? [new ContractTerm(tiny.Start.PlusDays(2), RosterProblems.Contract(12, 24, 3))] : [],
        }).ToArray();
        DemandLine[] demand = [tiny.Demand[0] with { MinimumPresence = [.. tiny.Demand[0].Heads.Select(_ => (double)random.Next(3))] }];
        return new RosterProblem(tiny.Zone, tiny.Start, tiny.Days, tiny.Interval, agents, tiny.Templates, demand, tiny.Policy, tiny.Objective, [], [])
        {
            Seats = random.Next(1, 3),
            Holidays = tiny.Holidays,
        };
    }

    private static IEnumerable<(DayCell[] Cells, double Cost)> Rosters(CompiledProblem compiled)
    {
        var state = new RosterState(compiled, new SearchSettings(1, 1, 1, 1));
        var legal = Enumerable.Range(0, compiled.Agents).Select(a => OfAgent(compiled, a).ToArray()).ToArray();
        return legal[0].SelectMany(first => legal[1].Select(second =>
        {
            DayCell[] cells = [.. first, .. second];
            state.Restore(cells);
            return (cells, state.Cost);
        }));
    }

    private static IEnumerable<DayCell[]> OfAgent(CompiledProblem compiled, int agent)
    {
        var (offset, days) = (compiled.Calendar.Offset, compiled.Calendar.Days);
        for (var code = 0; code < (int)Math.Pow(3, days); code++)
        {
            var roster = compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).ToArray();
            var isAllowed = true;
            for (int row = 0, rest = code; row < days; row++, rest /= 3)
            {
                if (rest % 3 == 0) continue;
                var variant = compiled.Shifts.DayVariants[offset + row][(rest % 3) - 1];
                isAllowed &= compiled.Eligibility.IsAllowed(agent, variant);
                roster[offset + row] = compiled.Start.Place((agent * compiled.Calendar.Rows) + offset + row, compiled.Cell(variant, 0, 0));
            }

            if (isAllowed && Array.TrueForAll(compiled.Rules(agent).All, rule => rule.Penalize(roster, offset, compiled.Calendar.End - 1) == 0))
                yield return roster;
        }
    }
}
