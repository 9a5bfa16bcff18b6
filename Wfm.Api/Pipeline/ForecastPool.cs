using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;

namespace Wfm.Api.Pipeline;

/// <summary>The series that learn from each other in one forecast: models trained across them, and siblings for those that have hardly begun.</summary>
internal sealed class ForecastPool
{
    private readonly Dictionary<int, PoolMember> _members;
    private readonly IReadOnlyDictionary<Duration, IReadOnlyList<PooledModel>> _models;

    /// <param name="series">All that borrow from each other.</param>
    /// <param name="models">Models trained across series, by length of interval.</param>
    public ForecastPool(IEnumerable<SeriesHistory> series, IReadOnlyDictionary<Duration, IReadOnlyList<PooledModel>> models) =>
        (_members, _models) = (series.ToDictionary(s => s.Key, s => s.Member), models);

    /// <summary>Forecasts a series, of the pool or like it: the young from similar ones where there are any, the others by the engine.</summary>
    /// <param name="effects">Effects of events, pooled over the siblings.</param>
    public SeriesForecast Forecast(SeriesHistory series, int horizon, int seed, IReadOnlyList<EventEffect> effects, CancellationToken cancellationToken)
    {
        var member = _members.TryGetValue(series.Key, out var known) ? known : series.Member;
        var options = member.Options with
        {
            Seed = seed,
            SiblingEffects = effects,
            Memory = series.Memory,
            PooledModels = _models.GetValueOrDefault(member.History.Grid.Interval, []),
        };
        var siblings = series.IsYoung ? SiblingsOf(series.Key, member.History.Grid.Interval) : [];
        if (siblings.Count > 0)
        {
            try
            {
                return ColdStart.Forecast(member with { Options = options }, siblings, horizon, new ColdStartOptions(), cancellationToken);
            }
            catch (ForecastDataException)
            {
                // No sibling can serve after all; the series may still do so itself, and says why when it cannot.
            }
        }

        return ForecastEngine.Forecast(member.History, horizon, options, cancellationToken);
    }

    private List<PoolMember> SiblingsOf(int key, Duration interval) =>
        [
            .. _members.Where(m =>
                    m.Key != key
                    && m.Value.History.Grid.Interval == interval
                    && m.Value.History.End - m.Value.History.Start >= 2 * SeriesHistory.Young)
                .OrderBy(m => m.Key).Select(m => m.Value),
        ];

    /// <summary>Trains on series of one length of interval.</summary>
    /// <returns>Nothing of too young an operation, of a single series only its calendar.</returns>
    public static IReadOnlyList<PooledModel> Learn(List<PoolMember> members, Instant end, int seed, int threads, CancellationToken cancellationToken)
    {
        if (members.Count == 0)
        {
            return [];
        }

        try
        {
            var (start, grid) = (members[0].History.End, members[0].History.Grid);
            return PooledTraining.Train(members, Math.Max(1, grid.StepsUntil(start, end)), seed: seed, threads: threads, cancellationToken: cancellationToken);
        }
        catch (ForecastDataException)
        {
            return []; // too young an operation: its series are forecast one by one
        }
    }
}
