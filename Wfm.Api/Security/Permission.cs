namespace Wfm.Api.Security;

/// <summary>What an operation needs. Every endpoint names exactly one; who holds it is decided by <see cref="Roles"/> and by roles of one's own.</summary>
public enum Permission
{
    ReadSetup,
    WriteSetup,

    /// <summary>Events and holidays; those of all hubs need a key of all hubs.</summary>
    WriteEvents,
    ReadPeople,
    WritePeople,

    /// <summary>Grants and refuses what people ask for (time off, swaps, offers), and keeps allowances and balances.</summary>
    DecideRequests,

    /// <summary>Exposure of persons; without it one sees groups of five or more.</summary>
    ReadWellbeing,
    /// <summary>States and adherence of persons; without it one sees hubs of five people or more.</summary>
    ReadAdherence,
    ReadVolumes,
    WriteVolumes,
    ReadPlans,

    /// <summary>Forecasts, capacity plans and nights.</summary>
    WritePlans,

    /// <summary>Adjustments over forecasts.</summary>
    WriteAdjustments,

    /// <summary>Heads required from a forecast.</summary>
    WriteRequirements,
    ReadRosters,
    WriteRosters,

    /// <summary>Declares a crisis at hubs, and ends it.</summary>
    DeclareCrises,

    /// <summary>Waives rules of the organisation, while a crisis is declared.</summary>
    ManageWaivers,
    ReadJobs,
    CancelJobs,

    /// <summary>Keys and roles; nobody gives away what they do not hold.</summary>
    ManageKeys,

    /// <summary>Who did and saw what; of all hubs.</summary>
    ReadAudit,

    /// <summary>Who am I: everybody.</summary>
    ReadSelf,

    /// <summary>What one person sees and does for oneself, with a key that is bound to that person.</summary>
    UseMe,
}
