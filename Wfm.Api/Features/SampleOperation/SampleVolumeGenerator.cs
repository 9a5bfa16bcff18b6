namespace Wfm.Api.Features.SampleOperation;

/// <summary>Makes two years of half-hourly volume for the sample operation: the same files and seed give the same rows.</summary>
/// <remarks>
/// Counts are negative binomial: Poisson with a rate that is the expected volume times a day effect (first-order autoregressive, partly
/// shared by all series of a hub) times a gamma disturbance of each half-hour. Deferrable work is worked off by a team of finite capacity,
/// so handled lags offered and the backlog is carried from interval to interval.
/// </remarks>
/// <param name="files">The operation.</param>
/// <param name="seed">Another seed gives another history of the same operation.</param>
public sealed class SampleVolumeGenerator(SampleOperationFiles files, int seed = SampleVolumeGenerator.DefaultSeed)
{
    public const int DefaultSeed = 20241104;

    private const double DayMemory = 0.6; // lag-one autocorrelation of the day effect
    private const double SharedByHub = 0.4; // share of its variance that all series of a hub have in common
    private const double Overtime = 0.4; // most that a backlog of a day's volume adds to capacity
    private readonly Dictionary<string, (SampleCalendar Calendar, double[] DayEffect)> _hubs = files.Hubs.ToDictionary(
        hub => hub.Code,
        hub => (new SampleCalendar(hub, files.Dates), DayEffect(files.Dates, seed, "hub " + hub.Code).Effect));

    /// <summary>Rows of every series, series by series in the order of <c>series.csv</c>, in time order within each.</summary>
    public IEnumerable<SampleVolume> Generate() => files.Series.SelectMany(Generate);

    /// <summary>Rows of one series in time order; intervals whose measurement was lost have none.</summary>
    public IEnumerable<SampleVolume> Generate(SampleSeries series)
    {
        var (calendar, shared) = _hubs[series.Hub];
        var (own, random) = DayEffect(files.Dates, seed, $"series {series.Queue} {series.Hub}");
        var intensity = new SampleIntensity(files, series, calendar);
        var backlog = 0;
        for (var i = 0; i < calendar.Count; i++)
        {
            var day = calendar.DayOf(i);
            var effect = series.DayNoise * (Math.Sqrt(SharedByHub) * shared[day] + Math.Sqrt(1 - SharedByHub) * own[day]);
            var mean = intensity.Expected[i] * Math.Exp(effect - series.DayNoise * series.DayNoise / 2);
            var offered = mean <= 0 ? 0 : random.Poisson(mean * random.Gamma(1 / series.Dispersion, series.Dispersion));
            var abandoned = series.AbandonRate is { } rate
                ? random.Binomial(offered, rate * Math.Clamp(intensity.EventFactor[i] * intensity.EventFactor[i], 1, 4))
                : 0;
            var handled = series.CapacityMargin is { } margin
                ? Math.Min(backlog + offered, Capacity(series, margin, calendar, intensity, i, backlog, random))
                : offered - abandoned;
            backlog += offered - abandoned - handled;
            var seconds = HandleTime(series, day, handled, random);
            if (intensity.Missing[i]) continue;
            yield return new SampleVolume(series.Queue, series.Hub, calendar.At(i), offered, handled, seconds, abandoned,
                series.CapacityMargin is null ? null : backlog);
        }
    }

    /// <summary>What may come on the day after the history: for each seed another day after the same past.</summary>
    /// <param name="series">One of the files' series.</param>
    /// <param name="day">Seed of the day.</param>
    /// <param name="happening">Something more that happens on it; null for a day as any other.</param>
    /// <returns>Contacts by half-hour of the local day: 48 of them, 46 or 50 where the clocks change.</returns>
    public IReadOnlyList<int> DayAfter(SampleSeries series, int day, SampleEvent? happening = null)
    {
        var longer = files.OneDayMore(happening);
        var calendar = new SampleCalendar(longer.HubsByCode[series.Hub], longer.Dates);
        var intensity = new SampleIntensity(longer, series, calendar);
        var own = Next(DayEffect(files.Dates, seed, $"series {series.Queue} {series.Hub}").Effect, new SampleRandom(day, $"day {series.Queue} {series.Hub}"));
        var shared = Next(_hubs[series.Hub].DayEffect, new SampleRandom(day, $"day {series.Hub}"));
        var effect = series.DayNoise * (Math.Sqrt(SharedByHub) * shared + Math.Sqrt(1 - SharedByHub) * own);
        var random = new SampleRandom(day, $"contacts {series.Queue} {series.Hub}");
        return
        [
            .. Enumerable.Range(0, calendar.Count).Where(i => calendar.DayOf(i) == files.Dates.DayCount).Select(i =>
            {
                var mean = intensity.Expected[i] * Math.Exp(effect - series.DayNoise * series.DayNoise / 2);
                return mean <= 0 ? 0 : random.Poisson(mean * random.Gamma(1 / series.Dispersion, series.Dispersion));
            }),
        ];

        static double Next(double[] effect, SampleRandom random) => DayMemory * effect[^1] + Math.Sqrt(1 - DayMemory * DayMemory) * random.Normal();
    }

    /// <summary>Items the team can finish in an interval: half of it spread evenly over the open hours, half following the usual arrivals.</summary>
    private static int Capacity(
        SampleSeries series, double margin, SampleCalendar calendar, SampleIntensity intensity, int index, int backlog, SampleRandom random)
    {
        var halfHour = calendar.HalfHourOfWeek(index);
        if (!intensity.Open[halfHour])
            return 0;
        var weekly = intensity.WeeklyLevelOf(calendar.DayOf(index));
        var share = 0.5 / intensity.OpenHalfHours + 0.5 * intensity.WeekWeights[halfHour] / intensity.OpenShare;
        var planned = Math.Max(margin * weekly * share, SampleCalendar.IntervalMinutes * 60 / series.AhtSeconds);
        var overtime = 1 + Overtime * Math.Min(1, backlog / (weekly / 7));
        return (int)(planned * overtime * random.Gamma(100, 0.01) + random.Uniform()); // 10 % noise, rounded up or down by chance
    }

    private static double HandleTime(SampleSeries series, int day, int handled, SampleRandom random)
    {
        if (handled == 0) return 0;
        var aht = series.AhtSeconds * Math.Pow(1 + series.AhtTrendPerYear, day / 365.25);
        var variance = series.AhtVariation * series.AhtVariation;
        return Math.Max(handled, Math.Round(random.Gamma(handled / variance, aht * variance)));
    }

    /// <summary>A standard normal first-order autoregressive series of days, and what is left of its random sequence.</summary>
    /// <remarks>Days after the written ones have a sequence of their own: one day more leaves everything before it as it is.</remarks>
    private static (double[] Effect, SampleRandom Random) DayEffect(SampleDates dates, int seed, string stream)
    {
        var (random, after) = (new SampleRandom(seed, stream), new SampleRandom(seed, stream + " after"));
        var effect = new double[dates.DayCount];
        var state = random.Normal();
        for (var day = 0; day < effect.Length; day++)
        {
            effect[day] = state;
            state = DayMemory * state + Math.Sqrt(1 - DayMemory * DayMemory) * (day < SampleDates.WrittenDays ? random : after).Normal();
        }
        return (effect, random);
    }
}
