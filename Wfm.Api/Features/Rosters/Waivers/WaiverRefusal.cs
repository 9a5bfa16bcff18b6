namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>Why no waiver covers a broken rule. Of the waivers that there are the one counts that comes nearest.</summary>
public enum WaiverGap
{
    /// <summary>It is law, or is taken for it because the policy does not say whose rule it is. Nobody can waive it.</summary>
    Statute,

    /// <summary>It is agreed with the people it binds. Not for one side to waive.</summary>
    Agreement,

    /// <summary>It limits what people are shown, or is of the wellbeing of those who are. Never waived.</summary>
    Wellbeing,

    /// <summary>It is no rule but a fact: leave, skill, availability, employment, seats, one shift at a time.</summary>
    Fact,

    /// <summary>There is no waiver of it at the hub.</summary>
    None,

    /// <summary>The waiver was taken back.</summary>
    Revoked,

    /// <summary>The crisis it was made for is over.</summary>
    CrisisEnded,

    /// <summary>The crisis it was made for is still ahead.</summary>
    CrisisAhead,

    /// <summary>The waiver has expired.</summary>
    Expired,

    /// <summary>The waiver is for other people.</summary>
    OtherPerson,

    /// <summary>The waiver is for other days.</summary>
    OtherTime,

    /// <summary>The rule would be broken further than the waiver allows.</summary>
    TooFar,
}

/// <summary>Why a broken rule is not waived.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Waiver">The waiver that comes nearest; null where there is none.</param>
/// <param name="Message">The same in words, with the values.</param>
public sealed record WaiverRefusal(WaiverGap Reason, Guid? Waiver, string Message);
