using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Minimum presence that cannot be had: more people are needed than can be there.</summary>
internal sealed class PresenceConflicts(CompiledProblem compiled, FactBook facts, WorkBudget budget)
{
    /// <summary>Runs of missing presence looked into for one group, the deepest first.</summary>
    private const int RunsPerGroup = 7;

    private readonly RosterProblem _problem = compiled.Problem;

    /// <summary>Conflicts of every group with missing presence; what the same facts forbid again and again is told once.</summary>
    public IEnumerable<RosterConflict> Find(double[] people) => Each(people)
        .GroupBy(c => string.Join('\n', c.Facts.Where(f => f.Kind != ConflictFactKind.MinimumPresence).Select(f => f.Text).Prepend(c.Group)))
        .Select(alike => alike.Count() == 1 ? alike.First() : alike.First() with
        {
            Message = $"{alike.First().Message} The same holds on {string.Join(", ", alike.Skip(1).Select(c => $"{c.From:uuuu-MM-dd}"))}.",
            Shortfall = alike.Sum(c => c.Shortfall),
            SameOn = [.. alike.Skip(1).Select(c => c.From)],
        });

    private IEnumerable<RosterConflict> Each(double[] people)
    {
        var missed = new MissedPresence(compiled, people);
        for (var group = 0; group < _problem.Demand.Count; group++)
        {
            var until = -1;
            foreach (var run in missed.Runs(group).OrderByDescending(r => r.Missing).Take(RunsPerGroup).OrderBy(r => r.First))
            {
                if (
                    run.Deepest <= until
                    || budget.IsSpent
                    || Stretches(group, run).Select(s => Refute(group, s.First, s.Last)).FirstOrDefault(c => c is not null) is not { } found)
                    continue;
                until = found.Last;
                yield return found.Conflict;
            }
        }
    }

    // One interval first: who could be there then is a reason everybody understands. Then the whole run, then the days of its week together.
    private IEnumerable<(int First, int Last)> Stretches(int group, PresenceRun run)
    {
        yield return (run.Deepest, run.Deepest);
        if (run.Last > run.First) yield return (run.First, run.Last);
        var (from, to) = Week(run.Deepest);
        if (IsPossible(from, to)) yield break;
        while (from < to && !IsPossible(from + 1, to))
        {
            from++;
        }

        while (from < to && !IsPossible(from, to - 1))
        {
            to--;
        }

        yield return (FirstOf(from), FirstOf(to + 1) - 1);

        bool IsPossible(int first, int last)
        {
            var question = new PresenceQuestion(compiled, facts, budget, group, FirstOf(first), FirstOf(last + 1) - 1);
            return question.IsPossible(question.Facts);
        }
    }

    private (int From, int To) Week(int interval)
    {
        var row = compiled.Calendar.Row(compiled.Calendar.At(interval * compiled.Calendar.IntervalMinutes).InZone(compiled.Calendar.Zone).Date);
        var (from, to) = compiled.Calendar.OpenDays(compiled.Calendar.Week(row));
        return (from, to - 1);
    }

    private int FirstOf(int row) =>
        Math.Min(compiled.Costs.Intervals, (compiled.Calendar.Midnight(row) + compiled.Calendar.IntervalMinutes - 1) / compiled.Calendar.IntervalMinutes);

    private (RosterConflict Conflict, int Last)? Refute(int group, int first, int last)
    {
        var question = new PresenceQuestion(compiled, facts, budget, group, first, last);
        return question.IsPossible(question.Facts) ? null : (question.Explain(), last);
    }
}
