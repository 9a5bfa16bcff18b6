using System.Text.Json.Serialization;
using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Adherence;

/// <summary>Whether paid time was lost to work, and to what.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Loss>))]
public enum Loss
{
    /// <summary>Not lost: productive.</summary>
    None,

    /// <summary>To what was planned: training, meetings, breaks, leave.</summary>
    Planned,

    /// <summary>To what was not: lateness, overrun breaks, sickness.</summary>
    Unplanned,
}

/// <summary>A stretch of paid time, lost to work or not.</summary>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Loss">Whether it was lost.</param>
/// <param name="Reason">To what; empty when it was not.</param>
public sealed record LostTime(Instant Start, Instant End, Loss Loss, string Reason)
{
    /// <summary>What a stretch of a day tells of shrinkage; <see langword="null"/> for one that is not paid, not known, or of a part of a plan that
    /// requirements do not add shrinkage for.</summary>
    /// <param name="part">The stretch.</param>
    /// <remarks>Planned parts lose time to their code, unless the person worked all the same; planned work loses what was not
    /// productive, to its state.</remarks>
    public static LostTime? Of(AdherencePart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part is not { Planned: { IsInScope: true, IsPaid: true } planned, State: { Meaning: { } meaning } state }
            || !(planned.IsProductive || planned.IsShrinkage))
            return null;
        return meaning.IsProductive ? new LostTime(part.Start, part.End, Loss.None, "")
            : planned.IsProductive ? new LostTime(part.Start, part.End, Loss.Unplanned, ReasonOf(meaning, state.State))
            : new LostTime(part.Start, part.End, Loss.Planned, planned.Code);
    }

    // Kinds are named as codes are, in lower case; what kept somebody from work is known by its state alone.
    private static string ReasonOf(StateMeaning meaning, string state) => meaning.Use switch
    {
        StateUse.Off => "off",
        StateUse.Activity => ActivityCatalog.StandardCodes.First(c => c.Kind == meaning.Kind).Code,
        _ => state,
    };
}
