using System.Globalization;
using System.Text;
using NodaTime;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Series of made-up queues at some hubs, whose forecasts are the work of a night.</summary>
/// <param name="Weeks">Weeks of half-hours known.</param>
internal sealed record NightSeries(int Count, int Hubs, int Weeks)
{
    public const int PerDay = 48;
    private const int SeriesAnImport = 200;
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 0, 0);

    /// <summary>Half-hours known.</summary>
    public int Length => Weeks * 7 * PerDay;

    private int Each => Count / Hubs;

    public static string Hub(int number) => $"hub-{number}";

    /// <summary>Hubs, queues and what is known.</summary>
    public async Task SetUp(BenchmarkClient client, CancellationToken cancellationToken)
    {
        for (var h = 0; h < Hubs; h++)
        {
            await client.Post(
                "hubs", new { code = Hub(h), name = $"Hub {h}", timeZone = "Europe/Dublin", country = "IE", nightlyAt = "23:59" }, cancellationToken);
        }

        for (var q = 0; q < Each; q++)
        {
            await client.Post(
                "queues",
                new
                {
                    code = $"queue-{q}",
                    name = $"Queue {q}",
                    channel = "ticket",
                    language = "en",
                    severity = "S1",
                    skillGroup = $"group-{q % 20}",
                    kind = "deferrable",
                    goal = new { turnaroundMinutes = 1440 },
                },
                cancellationToken);
        }

        await Import(client, Enumerable.Range(0, Count), 0, Length, 0, cancellationToken);
    }

    /// <param name="from">First half-hour.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="correction">What is added to each volume.</param>
    public async Task Import(BenchmarkClient client, IEnumerable<int> series, int from, int to, int correction, CancellationToken cancellationToken)
    {
        foreach (var part in series.Chunk(SeriesAnImport))
        {
            var csv = new StringBuilder("interval_start,queue,hub,offered\n");
            foreach (var i in part)
            {
                var y = NightsCommand.Volumes(i, to);
                for (var t = from; t < to; t++)
                {
                    csv.Append(
                        CultureInfo.InvariantCulture, $"{Start + Duration.FromMinutes(30 * t)},queue-{i % Each},{Hub(i / Each)},{y[t] + correction}\n");
                }
            }

            await client.Import(csv.ToString(), cancellationToken);
        }
    }
}
