using NodaTime;

namespace Wfm.Scheduling.Leave;

/// <summary>Decides about a request for leave: balance, blackout, notice, allowance, coverage, minimum presence, in this order.</summary>
public static class LeaveRules
{
    private const double Tolerance = 1e-6; // heads and hours that are sums of parts

    private static readonly Func<LeaveCase, LeaveFinding>[] InOrder = [Balance, Blackout, Notice, Allowance, Coverage, MinimumPresence];

    /// <summary>Asks rule by rule and stops at the first that refuses.</summary>
    /// <param name="request">The request with its facts.</param>
    public static LeaveVerdict Judge(LeaveCase request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new List<LeaveFinding>();
        foreach (var rule in request.IsTold ? InOrder[..1] : InOrder)
        {
            findings.Add(rule(request));
            if (!findings[^1].Passed) break;
        }

        return new LeaveVerdict(findings);
    }

    private static LeaveFinding Balance(LeaveCase request)
    {
        if (request.Balance is not { } balance) return Of(LeaveRule.Balance, "notCounted", true, "This leave counts against no balance.");
        var isEnough = balance.Lowest >= -balance.Overdraft;
        var below = balance.Overdraft > 0 ? $"{Hours(balance.Overdraft)} h below zero are allowed" : "it may not go below zero";
        return Of(
            LeaveRule.Balance, isEnough ? "enough" : "tooLow", isEnough,
            $"The leave takes {Hours(balance.Cost)} h of '{balance.Type}', of which there are {Hours(balance.Minutes)} h on {Text(request.FirstDay)}; "
                + $"the lowest balance after it is {Hours(balance.Lowest)} h on {Text(balance.LowestOn)}, and {below}.",
            ("type", balance.Type), ("balanceHours", Hours(balance.Minutes)), ("costHours", Hours(balance.Cost)), ("lowestHours", Hours(balance.Lowest)),
            ("lowestOn", Text(balance.LowestOn)), ("overdraftHours", Hours(balance.Overdraft)));
    }

    private static LeaveFinding Blackout(LeaveCase request)
    {
        if (request.Blackouts.Count == 0) return Of(LeaveRule.Blackout, "none", true, "No blackout meets it.");
        var met = request.Blackouts[0];
        return Of(
            LeaveRule.Blackout, "met", false, $"Nobody takes leave from {Text(met.From)} to {Text(met.To)}: {met.Reason}", ("blackout", met.Code),
            ("from", Text(met.From)), ("to", Text(met.To)), ("reason", met.Reason));
    }

    private static LeaveFinding Notice(LeaveCase request)
    {
        var given = Period.DaysBetween(request.AskedOn, request.FirstDay);
        var isKept = given >= request.NoticeDays;
        return Of(
            LeaveRule.Notice, isKept ? "kept" : "tooShort", isKept,
            $"It begins {given} days after it is asked for; {request.NoticeDays} days of notice are needed.", ("days", given),
            ("noticeDays", request.NoticeDays), ("earliest", Text(request.AskedOn.PlusDays(request.NoticeDays))));
    }

    private static LeaveFinding Allowance(LeaveCase request)
    {
        var uses = request.Allowances.Where(a => a.Measure != AllowanceMeasure.Coverage).ToArray();
        if (uses.Length == 0) return Of(LeaveRule.Allowance, "none", true, "No allowance limits its days.");
        var full = Array.Find(uses, a => a.Taken + a.Asked > a.Limit + Tolerance);
        var shown = full ?? uses.MinBy(a => a.Limit - a.Taken - a.Asked)!;
        var unit = shown.Measure == AllowanceMeasure.Heads ? "people" : "hours";
        return Of(
            LeaveRule.Allowance, full is null ? "room" : "full", full is null,
            $"Allowance '{shown.Code}' on {Text(shown.On)}: {Round(shown.Taken)} of {Round(shown.Limit)} {unit} are taken, "
                + $"the leave takes {Round(shown.Asked)}.",
            ("allowance", shown.Code), ("on", Text(shown.On)), ("measure", unit == "people" ? "heads" : "hours"), ("limit", Round(shown.Limit)),
            ("taken", Round(shown.Taken)), ("asked", Round(shown.Asked)));
    }

    private static LeaveFinding Coverage(LeaveCase request)
    {
        if (request.Coverage is not { } covers)
        {
            return Of(LeaveRule.Coverage, "unknown", true, "Neither a roster nor a requirement says yet what its days need.");
        }

        if (covers.Where(c => c.Worse > Tolerance).MaxBy(c => c.Worse) is not { } worst)
        {
            return Of(LeaveRule.Coverage, "kept", true, "No group falls further below what it requires.", ("intervals", covers.Count));
        }

        var unit = worst.Basis == CoverBasis.Roster ? "heads" : "hours of the day";
        return Of(
            LeaveRule.Coverage, "missing", false,
            $"Group '{worst.Group}' at {worst.Start}: {Round(worst.After)} of {Round(worst.Required)} {unit} would be left, "
                + $"{Round(worst.Worse)} more would be missing than today.",
            ("group", worst.Group), ("at", worst.Start.ToString()), ("basis", worst.Basis == CoverBasis.Roster ? "roster" : "requirement"),
            ("required", Round(worst.Required)), ("before", Round(worst.Before)), ("after", Round(worst.After)), ("worse", Round(worst.Worse)));
    }

    private static LeaveFinding MinimumPresence(LeaveCase request)
    {
        var alone = (request.Coverage ?? []).Where(c => c.PeopleAfter < c.MinimumPresence - Tolerance && c.PeopleAfter < c.PeopleBefore - Tolerance)
            .MaxBy(c => c.MinimumPresence - c.PeopleAfter);
        return alone is null ? Of(LeaveRule.MinimumPresence, "kept", true, "Enough people stay in every group.")
            : Of(
                LeaveRule.MinimumPresence, "missing", false,
                $"Group '{alone.Group}' at {alone.Start}: {Round(alone.PeopleAfter)} people would be left, {Round(alone.MinimumPresence)} must be there.",
                ("group", alone.Group), ("at", alone.Start.ToString()), ("minimum", Round(alone.MinimumPresence)), ("before", Round(alone.PeopleBefore)),
                ("after", Round(alone.PeopleAfter)));
    }

    private static LeaveFinding Of(LeaveRule rule, string code, bool passed, string message, params (string Name, object Value)[] parameters) =>
        new(rule, code, passed, parameters.ToDictionary(p => p.Name, p => p.Value), message);

    private static double Hours(int minutes) => Math.Round(minutes / 60.0, 2);

    private static double Round(double value) => Math.Round(value, 2);

    private static string Text(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
