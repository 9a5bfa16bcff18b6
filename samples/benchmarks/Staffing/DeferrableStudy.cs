using Wfm.Api.Features.SampleOperation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Benchmarks.Staffing;

/// <summary>Every deferrable series over the last weeks of the history: staffed in the interval of arrival, by Erlang C as if it were calls, and by the
/// band.</summary>
/// <remarks>
/// All three do the same work with the same minimum heads and shrinkage. What arrives while closed is staffed at the opening by the first two. Heads of the
/// first
/// and of the band are fractional. Erlang C with 80 % in 60 s is what staffing tickets with a call-centre formula means.
/// </remarks>
internal static class DeferrableStudy
{
    private static readonly ImmediateGoal AsIfCalls = new(0.8, NodaTime.Duration.FromSeconds(60));

    public static void Run(int days)
    {
        var files = SampleOperationFiles.Load();
        var generator = new SampleVolumeGenerator(files);
        Console.WriteLine($"Deferrable queues, last {days} days of the history; peak heads and head-hours per week, drop of the band's peak");
        Console.WriteLine($"{"",-24}{"interval by interval",22}{"Erlang C",18}{"band",18}{"drop against",20}");
        Console.WriteLine($"{"queue hub",-24}{"peak",12}{"hours",10}{"peak",9}{"hours",9}{"peak",9}{"hours",9}{"interval",11}{"Erlang",9}");
        var total = new double[6];
        foreach (var series in files.Series.Where(s => !files.QueuesByCode[s.Queue].Immediate))
        {
            var figures = Compare(new SampleWork(files, generator, series), days);
            Print($"{series.Queue} {series.Hub}", figures);
            for (var k = 0; k < total.Length; k++) total[k] += figures[k];
        }

        Print("sum of the queues", total);
    }

    private static double[] Compare(SampleWork work, int days)
    {
        var count = days * 48;
        var first = work.History.All.Length - count;
        var (aht, shrinkage, open) = (work.Aht(count), work.Shrinkage(count), work.Open(first, count));
        var volume = work.Volume(first, count);
        var touchable = AtTheOpening(volume, open);
        var minimum = work.Queue.MinimumHeads;
        double[] alone = [.. touchable.Select((v, i) => open[i] ? Math.Max(v * aht[i] / SampleWork.Interval.TotalSeconds, minimum) / (1 - shrinkage[i]) : 0)];
        var calls = ImmediateStaffing.Require(touchable, aht, SampleWork.Interval, AsIfCalls, shrinkage, open, minimum).Heads;
        var band = RiskStaffing.Require(
            new DeferrableWork([volume], aht, SampleWork.Interval, work.DeferrableGoal, shrinkage, open, MinimumHeads: minimum), 0.5).Heads;
        var perWeek = SampleWork.Interval.TotalHours * 7 / days;
        return [alone.Max(), alone.Sum() * perWeek, calls.Max(), calls.Sum() * perWeek, band.Max(), band.Sum() * perWeek];
    }

    private static double[] AtTheOpening(double[] volume, bool[] open)
    {
        var (result, waiting) = (new double[volume.Length], 0.0);
        for (var i = 0; i < volume.Length; i++)
        {
            waiting += volume[i];
            if (!open[i]) continue;
            (result[i], waiting) = (waiting, 0);
        }

        return result;
    }

    private static void Print(string name, double[] f) => Console.WriteLine(
        $"{name,-24}{f[0],12:0.0}{f[1],10:0}{f[2],9:0.0}{f[3],9:0}{f[4],9:0.0}{f[5],9:0}{100 * (1 - f[4] / f[0]),10:0} %{100 * (1 - f[4] / f[2]),7:0} %");
}
