using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting;
using Wfm.Forecasting.Intraday;

namespace Wfm.Api.Features.Forecasts.Intraday;

/// <summary>The steps of a forecast that make up the local day of a moment.</summary>
/// <param name="Forecast">The forecast, adjustments applied.</param>
/// <param name="At">The moment.</param>
/// <param name="Date">Its local day.</param>
/// <param name="Start">Start of the day.</param>
/// <param name="ObservableUntil">Volumes of intervals that end later are not known whole.</param>
/// <param name="FirstStep">First step of the day.</param>
/// <param name="EndStep">Step after the last of the day.</param>
/// <param name="ShownUntil">Step after the last that was asked for.</param>
internal sealed record ReforecastDay(
    SeriesForecast Forecast, Instant At, LocalDate Date, Instant Start, Instant ObservableUntil, int FirstStep, int EndStep, int ShownUntil)
{
    /// <param name="days">Local days asked for, the first being that of the moment.</param>
    /// <returns>Null when the forecast does not reach the day.</returns>
    public static ReforecastDay? Of(SeriesForecastRow row, Instant at, int days)
    {
        var forecast = row.ToForecast(0);
        var (grid, end) = (forecast.Grid, forecast.Grid.InstantAt(row.Start, forecast.Horizon));
        var date = grid.DateOf(at);
        Instant Midnight(int day) => grid.StartOfDay(date.PlusDays(day));
        if (Midnight(1) <= row.Start || Midnight(0) >= end)
        {
            return null;
        }

        int StepAt(Instant instant) => Math.Min(grid.StepsUntil(row.Start, Instant.Min(instant, end)), forecast.Horizon);
        return new ReforecastDay(
            forecast, at, date, Midnight(0), grid.Floor(Instant.Min(at, Midnight(1))), StepAt(Midnight(0)), StepAt(Midnight(1)), StepAt(Midnight(days)));
    }

    /// <summary>The volumes to be read for it.</summary>
    public HistoryStretch Stretch(int seriesId) => new(seriesId, Forecast.Grid, Instant.Min(Start, Forecast.Start), ObservableUntil);

    /// <summary>What came, as the update takes it.</summary>
    /// <param name="history">Volumes of <see cref="Stretch"/>.</param>
    public DayObservations Read(History history)
    {
        var skipped = (int)(history.Grid.SlotOf(Forecast.Start) - history.FirstSlot);
        var before = skipped > 0 ? history.Offered.Take(skipped).Where(v => !double.IsNaN(v)).Sum() : 0; // of today, and known to the forecast already
        var observed = history.Offered[Math.Clamp(skipped, 0, history.Length)..];
        observed = observed[..(Array.FindLastIndex(observed, v => !double.IsNaN(v)) + 1)]; // volume that is late is still to come
        var known = Forecast.Grid.InstantAt(Forecast.Start, observed.Length);
        var padded = new double[Math.Max(observed.Length, FirstStep)];
        Array.Fill(padded, double.NaN);
        observed.CopyTo(padded, 0);
        return new DayObservations(padded, before, known);
    }

    /// <summary>The rest of the day, and the days after, given what came.</summary>
    public IntradayForecast Update(DayObservations observed) => IntradayUpdate.Update(Forecast, observed.Steps, FirstStep, EndStep, ShownUntil);

    /// <summary>Possible courses of the rest of the day, from the first step that was not observed on.</summary>
    public double[][] Paths(DayObservations observed, int count, int seed, CancellationToken cancellationToken) =>
        IntradayUpdate.Paths(Forecast, observed.Steps, FirstStep, EndStep, EndStep, count, seed, cancellationToken);
}

/// <summary>What came since the forecast was made.</summary>
/// <param name="Steps">Contacts by step of the forecast, NaN where nothing is known.</param>
/// <param name="Before">Contacts of the day that came before the forecast starts, and are known to it.</param>
/// <param name="KnownUntil">End of the last interval whose volume is known; the start of the forecast when nothing has come since.</param>
internal sealed record DayObservations(double[] Steps, double Before, Instant KnownUntil);
