using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Http;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>What one person is told of a rule that stands against a request: one's own days in full, of the other's only the name of the rule.</summary>
internal static class SwapPrivacy
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["dayTaken"] = "Whoever would take the shift has one on that day already.",
        ["lockedDay"] = "One of the days is decided elsewhere: by another roster, or at another hub.",
        ["outsidePeriod"] = "One of the days is not in the roster.",
        ["noShift"] = "There is no shift on one of the days.",
    };

    /// <summary>Does something for a person, and tells what refuses it without what is another's business.</summary>
    /// <param name="me">Code of the person.</param>
    public static async Task<T> Told<T>(string me, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (ProblemException e) when (e.More.Count > 0)
        {
            throw Without(e, me);
        }
    }

    private static ProblemException Without(ProblemException problem, string me)
    {
        if (problem.More.TryGetValue("findings", out var found) && found is IEnumerable<EditFinding> findings)
        {
            SwapStop[] told = [.. findings.Select(f => SwapStop.Of(f, me))];
            return new ProblemException(problem.Status, $"A rule stands against it, {told[0].Rule}: {told[0].Message}").With("findings", told);
        }

        var code = problem.More.TryGetValue("refusals", out var refused) && refused is IEnumerable<OperationRefusal> refusals
            ? refusals.First().Code : "unusable";
        return ProblemException.Semantic("/date", Words.GetValueOrDefault(code, "The shift cannot be passed like that.")).With("rule", code);
    }
}

/// <summary>A rule that stands against a request, as one of the people is told.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Agent">Code of the agent concerned; null for the hub as a whole.</param>
/// <param name="Text">The rule in the words of the policy.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Message">The breach with its values where it is one's own; else that there is one.</param>
internal sealed record SwapStop(string Rule, string? Agent, string Text, string Source, string Message)
{
    public static SwapStop Of(EditFinding f, string me) => new(
        f.Rule, f.Agent, f.Text, f.Source,
        f.Agent is null || f.Agent == me ? f.Message : $"A rule of agent '{f.Agent}' stands against it: {f.Text}");
}
