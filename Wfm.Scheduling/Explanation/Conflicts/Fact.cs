namespace Wfm.Scheduling.Explanation;

/// <summary>A fact that a conflict may keep or leave out.</summary>
/// <param name="Agent">Index of the agent it binds; -1 for all.</param>
/// <param name="Index">Which of its kind: of the policy's rules, of an agent's absences, of the problem's pins.</param>
/// <param name="Words">The fact as the reader sees it.</param>
internal sealed record Fact(int Agent, int Index, ConflictFact Words)
{
    public ConflictFactKind Kind => Words.Kind;

    public bool Binds(int agent) => Agent < 0 || Agent == agent;
}
