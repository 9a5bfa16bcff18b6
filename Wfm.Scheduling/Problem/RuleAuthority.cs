namespace Wfm.Scheduling.Problem;

/// <summary>Whose rule it is, which decides whether anybody can waive it.</summary>
public enum RuleAuthority
{
    /// <summary>A law, or what stands in place of one. Nobody can waive it. What nobody has said anything about is taken for it.</summary>
    Statute,

    /// <summary>Agreed with the people it binds, in their contract or with those who speak for them. Not for one side to waive.</summary>
    Agreement,

    /// <summary>The organisation's own. It can be waived while a crisis is declared.</summary>
    Organisation,

    /// <summary>The organisation's own, for the health of those who see harmful content. Never waived.</summary>
    Wellbeing,
}
