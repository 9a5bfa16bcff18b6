using NodaTime;

namespace Wfm.Scheduling.Adherence;

/// <summary>A fraction with what it was made of.</summary>
/// <param name="Value">Numerator ÷ denominator; <see langword="null"/> when the denominator is 0: nothing is known yet.</param>
/// <param name="NumeratorSeconds">Seconds.</param>
/// <param name="DenominatorSeconds">Seconds.</param>
/// <param name="Formula">How it is made, in words.</param>
public sealed record AdherenceFigure(double? Value, double NumeratorSeconds, double DenominatorSeconds, string Formula)
{
    internal static AdherenceFigure Of(Duration numerator, Duration denominator, string formula) => new(
        denominator == Duration.Zero ? null : numerator / denominator, numerator.TotalSeconds, denominator.TotalSeconds, formula);
}

/// <summary>Paid time lost to one reason.</summary>
/// <param name="Loss">Planned or not.</param>
/// <param name="Reason">Activity code of what was planned, kind of what was done instead of work, state that kept from it, leave or absence.</param>
/// <param name="Figure">The part of paid time.</param>
public sealed record ShrinkageByReason(Loss Loss, string Reason, AdherenceFigure Figure);

/// <summary>Sums of time over stretches, people and days, which add up; every figure is a quotient of two of them.</summary>
public sealed class AdherenceTotals
{
    private readonly Dictionary<(Loss Loss, string Reason), Duration> _lost = [];
    private Duration _scheduled;
    private Duration _adherent;
    private Duration _scheduledProductive;
    private Duration _handling;
    private Duration _available;
    private Duration _paid;

    /// <summary>Scheduled time that the feed covers and in which no state of the person is known: in no figure.</summary>
    public Duration Unknown { get; private set; }

    /// <summary>Whether anything is known.</summary>
    public bool IsEmpty => _scheduled == Duration.Zero && _handling == Duration.Zero && _available == Duration.Zero;

    /// <summary>Time in the right kind of activity against scheduled time.</summary>
    public AdherenceFigure Adherence => AdherenceFigure.Of(
        _adherent, _scheduled,
        "adherence = scheduled time in the right kind of activity, within its threshold or under an approved exception ÷ scheduled time of which the state "
            + "is known (shifts without leave and the gap of split shifts)");

    /// <summary>Productive time against what was planned of it, whenever it was.</summary>
    public AdherenceFigure Conformance => AdherenceFigure.Of(
        _handling + _available, _scheduledProductive,
        "conformance = time handling or available, whenever it was ÷ time scheduled as work or overtime of which the state is known");

    /// <summary>Time on contacts against time on contacts or ready for them.</summary>
    public AdherenceFigure Occupancy => AdherenceFigure.Of(_handling, _handling + _available, "occupancy = handling ÷ (handling + available)");

    /// <summary>Paid time lost to what was planned.</summary>
    public AdherenceFigure PlannedShrinkage => AdherenceFigure.Of(
        Lost(Loss.Planned), _paid, "planned shrinkage = paid time in planned training, meetings, breaks and leave ÷ paid time");

    /// <summary>What remains of paid time lost to what was not planned.</summary>
    public AdherenceFigure UnplannedShrinkage => AdherenceFigure.Of(
        Lost(Loss.Unplanned), _paid - Lost(Loss.Planned),
        "unplanned shrinkage = paid time scheduled as work and not worked ÷ (paid time − time lost to planned shrinkage)");

    /// <summary>Paid time lost, reason by reason, the greatest first.</summary>
    public IReadOnlyList<ShrinkageByReason> Reasons =>
    [
        .. _lost.OrderByDescending(l => l.Value).ThenBy(l => l.Key.Reason, StringComparer.Ordinal).ThenBy(l => l.Key.Loss)
            .Select(l => new ShrinkageByReason(l.Key.Loss, l.Key.Reason, AdherenceFigure.Of(l.Value, _paid, "paid time lost to the reason ÷ paid time"))),
    ];

    /// <summary>Sums of stretches.</summary>
    /// <param name="parts">Of any people and days.</param>
    public static AdherenceTotals Of(IEnumerable<AdherencePart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var totals = new AdherenceTotals();
        foreach (var part in parts)
        {
            totals.Add(part);
        }

        return totals;
    }

    /// <summary>Adds paid time, lost or not.</summary>
    /// <param name="time">The stretch.</param>
    public void Add(LostTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var length = time.End - time.Start;
        _paid += length;
        if (time.Loss == Loss.None) return;
        _lost[(time.Loss, time.Reason)] = _lost.GetValueOrDefault((time.Loss, time.Reason)) + length;
    }

    private void Add(AdherencePart part)
    {
        var length = part.Length;
        if (part.Verdict is Verdict.Right or Verdict.Tolerated or Verdict.Excepted) _adherent += length;
        if (part.Verdict is Verdict.Right or Verdict.Tolerated or Verdict.Excepted or Verdict.Wrong) _scheduled += length;
        if (part.Verdict == Verdict.Unknown) Unknown += length;
        if (part.State?.Meaning is not { } meaning) return;
        if (part.Planned?.IsProductive == true) _scheduledProductive += length;
        if (meaning.Use == StateUse.Handling) _handling += length;
        if (meaning.Use == StateUse.Available) _available += length;
        if (LostTime.Of(part) is { } time) Add(time);
    }

    private Duration Lost(Loss loss) => _lost.Where(l => l.Key.Loss == loss).Aggregate(Duration.Zero, (sum, l) => sum + l.Value);
}
