using NodaTime;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>The expected volume of a series, half-hour by half-hour, before any chance: level × growth × year × week × day × events.</summary>
internal sealed class SampleIntensity
{
    private const double OutageReturn = 0.35; // share of what an outage kept away that comes back
    private const double ReturnHours = 2; // mean delay of it
    private readonly double[] _weekWeights;
    private readonly double[] _dayLevel;

    public SampleIntensity(SampleOperationFiles files, SampleSeries series, SampleCalendar calendar)
    {
        var hub = files.HubsByCode[series.Hub];
        var closesAtNight = files.QueuesByCode[series.Queue].Immediate;
        _weekWeights = WeightsOfWeek(files, series, hub, closesAtNight);
        _dayLevel = [.. Enumerable.Range(0, files.Dates.DayCount).Select(day => WeeklyLevel(series, day))];
        Open = [.. Enumerable.Range(0, 336).Select(halfHour => hub.IsOpen(SampleDates.Written.FirstDay.AtMidnight().PlusMinutes(halfHour * 30)))];
        OpenHalfHours = Open.Count(open => open);
        OpenShare = Open.Zip(_weekWeights, (open, weight) => open ? weight : 0).Sum();
        (EventFactor, Missing) = Events(files, series, calendar);
        Expected = new double[calendar.Count];
        for (var i = 0; i < calendar.Count; i++)
        {
            Expected[i] = Normal(calendar, i) * EventFactor[i];
        }
    }

    /// <summary>Contacts expected per half-hour.</summary>
    public double[] Expected { get; }

    /// <summary>What events do to volume, 1 where nothing happens.</summary>
    public double[] EventFactor { get; }

    /// <summary>True where the measurement was lost: no row exists.</summary>
    public bool[] Missing { get; }

    /// <summary>Whether the hub is open, by half-hour of the local week.</summary>
    public bool[] Open { get; }

    /// <summary>Open half-hours in a week.</summary>
    public int OpenHalfHours { get; }

    /// <summary>Share of a week's volume that arrives while the hub is open.</summary>
    public double OpenShare { get; }

    /// <summary>Share of a week's volume, by half-hour of the local week; sums to 1.</summary>
    public double[] WeekWeights => _weekWeights;

    /// <summary>Expected contacts per week at the trend and season of a local day, events left out.</summary>
    public double WeeklyLevelOf(int day) => _dayLevel[day];

    /// <summary>Expected contacts of an interval, events left out.</summary>
    public double Normal(SampleCalendar calendar, int index) => _dayLevel[calendar.DayOf(index)] * _weekWeights[calendar.HalfHourOfWeek(index)];

    private static double WeeklyLevel(SampleSeries series, int day)
    {
        var yearDay = SampleDates.WrittenDay(day).DayOfYear;
        return series.LevelPerWeek * Math.Pow(1 + series.GrowthPerYear, day / 365.25)
            * (1 + series.YearlyAmplitude * Math.Cos(2 * Math.PI * (yearDay - series.YearlyPeakDay) / 365.25));
    }

    private static double[] WeightsOfWeek(SampleOperationFiles files, SampleSeries series, SampleHub hub, bool closesAtNight)
    {
        var weights = new double[336];
        for (var i = 0; i < weights.Length; i++)
        {
            if (closesAtNight && !hub.IsOpen(SampleDates.Written.FirstDay.AtMidnight().PlusMinutes(i * 30))) continue;
            var (day, halfHour) = (i / 48, i % 48);
            var hours = files.DailyShapes[day < 5 ? series.DailyShape : series.WeekendShape];
            // The weight of an hour stands at its middle; a half-hour lies a quarter of the way to the neighbour.
            var neighbour = hours[(halfHour / 2 + (halfHour % 2 == 0 ? 23 : 1)) % 24];
            weights[i] = series.WeeklyShape[day] / hours.Sum() * (0.75 * hours[halfHour / 2] + 0.25 * neighbour);
        }
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static (double[] Factor, bool[] Missing) Events(SampleOperationFiles files, SampleSeries series, SampleCalendar calendar)
    {
        var factor = new double[calendar.Count];
        var missing = new bool[calendar.Count];
        Array.Fill(factor, 1);
        foreach (var happening in files.Events.Where(e => (e.Hub ?? series.Hub) == series.Hub && (e.Queue ?? series.Queue) == series.Queue))
        {
            var during = happening.During(files.HubsByCode);
            var (from, to) = (calendar.IndexOf(during.Start), calendar.IndexOf(during.End));
            switch (happening.Kind.Split('-')[0])
            {
                case "holiday":
                    Multiply(factor, from, to, Math.Pow(happening.Factor, series.HolidaySensitivity));
                    break;
                case "campaign":
                    Multiply(factor, from, to, Math.Pow(happening.Factor, series.CampaignSensitivity));
                    break;
                case "crisis":
                    Crisis(factor, calendar, from, to, happening, series.CrisisSensitivity);
                    break;
                case "outage":
                    Multiply(factor, from, to, happening.Factor);
                    ComeBack(factor, to, happening.Factor, during.Duration);
                    break;
                case "data":
                    Array.Fill(missing, true, from, to - from);
                    break;
                default:
                    throw new FormatException(
                        $"events.csv, {happening.Code}: kind '{happening.Kind}' is none of holiday-…, campaign-…, crisis, outage, data-gap.");
            }
        }
        return (factor, missing);
    }

    private static void Multiply(double[] factor, int from, int to, double by)
    {
        for (var i = from; i < to; i++)
        {
            factor[i] *= by;
        }
    }

    /// <summary>Rises over three hours, then halves every half-life.</summary>
    private static void Crisis(double[] factor, SampleCalendar calendar, int from, int to, SampleEvent crisis, double sensitivity)
    {
        var halfLife = crisis.HalfLifeHours ?? throw new FormatException($"events.csv, {crisis.Code}: a crisis needs half_life_hours.");
        for (var i = from; i < to; i++)
        {
            var hours = (calendar.At(i) - calendar.At(from)).TotalHours;
            factor[i] *= 1 + (crisis.Factor - 1) * sensitivity * Math.Min(1, (hours + 0.5) / 3) * Math.Pow(0.5, hours / halfLife);
        }
    }

    /// <summary>People who could not get through try again: a share of the lost volume, decaying after the end.</summary>
    private static void ComeBack(double[] factor, int end, double during, Duration length)
    {
        var peak = OutageReturn * (1 - during) * length.TotalHours / ReturnHours;
        for (var i = end; i < Math.Min(end + 24, factor.Length); i++)
        {
            factor[i] *= 1 + peak * Math.Exp(-(i - end) / (2 * ReturnHours));
        }
    }
}
