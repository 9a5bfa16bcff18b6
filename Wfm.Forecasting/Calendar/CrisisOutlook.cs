using NodaTime;

namespace Wfm.Forecasting.Calendar;

/// <summary>What is known at the end of the history about a surge that is still running.</summary>
/// <param name="Kind">Kind of event.</param>
/// <param name="Start">Its start.</param>
/// <param name="FactorNow">Volume ÷ usual volume at the end of the history.</param>
/// <param name="HalfLifeHours">Hours until the excess is halved.</param>
/// <param name="BackToUsual">When volume is as likely as not below 1.1 × usual for good.</param>
/// <param name="BackToUsualEarliest">The same with a probability of 10 %.</param>
/// <param name="BackToUsualLatest">The same with a probability of 90 %; a year after the start where it may take longer.</param>
public sealed record CrisisOutlook(
    string Kind, Instant Start, double FactorNow, double HalfLifeHours, Instant BackToUsual, Instant BackToUsualEarliest, Instant BackToUsualLatest)
{
    private const double Usual = 1.1;

    internal static CrisisOutlook Of(CalendarEvent e, CrisisFit fit, Instant now)
    {
        Instant[] back = [.. fit.HoursUntil(Usual, [0.1, 0.5, 0.9]).Select(hours => e.Start + Duration.FromHours(Math.Ceiling(hours)))];
        return new CrisisOutlook(e.Kind, e.Start, fit.MeanAt((now - e.Start).TotalHours), fit.HalfLifeHours, back[1], back[0], back[2]);
    }
}
