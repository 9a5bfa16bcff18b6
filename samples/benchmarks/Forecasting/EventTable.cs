using System.Collections.Concurrent;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Scores of several ways to forecast, in groups.</summary>
/// <param name="ways">Their names.</param>
internal sealed class EventTable(params string[] ways)
{
    private readonly ConcurrentDictionary<string, EventScore[]> _groups = new(StringComparer.Ordinal);

    public EventScore Of(string group, int way) => _groups.GetOrAdd(group, _ => [.. ways.Select(_ => new EventScore())])[way];

    public void Print(string title)
    {
        Console.WriteLine(title);
        foreach (var (group, scores) in _groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {group}");
            foreach (var (name, score) in ways.Zip(scores).Where(x => !x.Second.IsEmpty))
            {
                Console.WriteLine($"    {name,-28} {score}");
            }
        }
    }
}
