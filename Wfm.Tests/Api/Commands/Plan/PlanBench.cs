using System.Globalization;
using System.Text;
using NodaTime;
using Wfm.Api.Commands.Plan;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Api.Commands.Plan;

/// <summary>Runs a plan in process on a file made for it, and reads what it wrote.</summary>
internal sealed class PlanBench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wfm-plan-");

    public string Printed { get; private set; } = "";

    public string OutFolder => Path.Combine(_folder.FullName, "out");

    public string Volumes => Path.Combine(_folder.FullName, "volumes.csv");

    public string[] Lines(string file) => File.ReadAllLines(Path.Combine(OutFolder, file));

    public string Report => File.ReadAllText(Path.Combine(OutFolder, "report.md"));

    /// <summary>Cells of a file's rows by the columns of its header; for files without quotes.</summary>
    public List<Dictionary<string, string>> Rows(string file)
    {
        var lines = Lines(file);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }

    public async Task Run(string csv, Func<PlanRequest, PlanRequest>? change = null)
    {
        await File.WriteAllTextAsync(Volumes, csv);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var request = new PlanRequest(
            new FileInfo(Volumes), 7, new DirectoryInfo(OutFolder), DateTimeZone.Utc, 300, 0.8, 20, new Dictionary<string, double>(), 0.2, null,
            "ie-working-time-act", new SolveLimits(1, 20_000));
        await PlanCommand.Run(change?.Invoke(request) ?? request, output, default);
        Printed = output.ToString();
    }

    /// <summary>The command as typed, with its exit code and what it said on standard error.</summary>
    public static async Task<(int Code, string Error)> Command(params string[] arguments)
    {
        var before = Console.Error;
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetError(error);
        try
        {
            return (await PlanCommand.Create().Parse(arguments).InvokeAsync(), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    /// <summary>Half-hours 08:00–18:00 with the shape of a day and a week, and noise.</summary>
    public static string Seasonal(string header, Func<LocalDateTime, double, string> row, int days = 56, int seed = 7)
    {
        var random = new Random(seed);
        var text = new StringBuilder(header).Append('\n');
        for (var day = 0; day < days; day++)
        {
            var date = new LocalDate(2025, 6, 2).PlusDays(day);
            for (var slot = 0; slot < 20; slot++)
            {
                var expected = 20 * (date.DayOfWeek >= IsoDayOfWeek.Saturday ? 0.5 : 1.2) * (1 + Math.Sin(Math.PI * slot / 19));
                text.Append(
                        row(
                            date + new LocalTime(8, 0).PlusMinutes(30 * slot),
                            Math.Round(Math.Max(0, expected + (Math.Sqrt(expected) * ((random.NextDouble() * 2) - 1) * 1.7)))))
                    .Append('\n');
            }
        }

        return text.ToString();
    }

    public static string Plain(string id = "calls", int days = 56, int seed = 7) =>
        Seasonal("series_id,timestamp,count", (time, count) => $"{id},{time:uuuu-MM-dd'T'HH:mm:ss},{count}", days, seed);

    public void Dispose() => _folder.Delete(recursive: true);
}
