using System.Globalization;
using NodaTime.Text;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>Writes volumes in the columns that the API imports.</summary>
public static class SampleVolumeCsv
{
    public const string Header = "interval_start,queue,hub,offered,handled,handle_time_seconds,abandoned,backlog";

    /// <summary>The hub and the last days of the history that <c>volumes-sample.csv</c> shows.</summary>
    public const string ExcerptHub = "dub";

    private const int ExcerptDays = 14;

    /// <summary>The text of <c>volumes-sample.csv</c>: two weeks of one hub, in time order.</summary>
    public static string Excerpt(SampleOperationFiles files, int seed = SampleVolumeGenerator.DefaultSeed)
    {
        var generator = new SampleVolumeGenerator(files, seed);
        var from = files.HubsByCode[ExcerptHub].Zone.AtStartOfDay(files.Dates.EndDay.PlusDays(-ExcerptDays)).ToInstant();
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Write(text, files.Series.Where(s => s.Hub == ExcerptHub).SelectMany(generator.Generate)
            .Where(v => v.IntervalStart >= from).OrderBy(v => v.IntervalStart));
        return text.ToString();
    }

    /// <summary>Writes header and rows; codes of the sample need no quotes.</summary>
    public static void Write(TextWriter writer, IEnumerable<SampleVolume> volumes)
    {
        writer.WriteLine(Header);
        foreach (var v in volumes)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{InstantPattern.General.Format(v.IntervalStart)},{v.Queue},{v.Hub},{v.Offered},{v.Handled},{v.HandleTimeSeconds},{v.Abandoned},{v.Backlog}"));
        }
    }
}
