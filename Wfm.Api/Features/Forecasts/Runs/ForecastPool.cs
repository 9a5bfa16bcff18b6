using NodaTime;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>The series that learn from each other in one forecast: models trained across them, and siblings for those that have hardly begun.</summary>
public sealed class ForecastPool
{
    /// <summary>A series with less history than this borrows from similar ones.</summary>
    public static readonly Duration Young = Duration.FromDays(14);

    private readonly Dictionary<int, PoolMember> _members;
    private readonly Dictionary<Duration, IReadOnlyList<PooledModel>> _models;

    private ForecastPool(Dictionary<int, PoolMember> members, Dictionary<Duration, IReadOnlyList<PooledModel>> models) =>
        (_members, _models) = (members, models);

    /// <summary>Whether a history is too short to forecast from alone.</summary>
    public static bool IsYoung(History history) => history.StartOf(history.Length) - history.Start < Young;

    /// <summary>A series as others see it.</summary>
    /// <param name="series">With its queue and hub loaded.</param>
    public static PoolMember Member(Series series, History history, IEnumerable<OperationEvent> events)
    {
        var (hub, queue) = (series.Hub!, series.Queue!);
        return new PoolMember($"{queue.Code} {hub.Code}", ForecastJob.Observed(series, hub, history))
        {
            Options = ForecastJob.Options(series, hub, events),
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["queue"] = queue.Code,
                ["hub"] = hub.Code,
                ["language"] = queue.Language,
                ["channel"] = queue.Channel,
                ["skillGroup"] = queue.SkillGroup,
                ["severity"] = queue.Severity,
            },
        };
    }

    /// <summary>Trains one set of models for each length of interval.</summary>
    /// <param name="members">By id of the series.</param>
    /// <param name="end">End of the forecast.</param>
    public static ForecastPool Train(Dictionary<int, PoolMember> members, Instant end, int seed, CancellationToken cancellationToken) => new(
        members,
        members.OrderBy(m => m.Key).Select(m => m.Value).GroupBy(m => m.History.Grid.Interval)
            .ToDictionary(g => g.Key, g => Models([.. g], end, seed, cancellationToken)));

    /// <summary>Forecasts a series of the pool: the young from similar ones where there are any, the others by the engine.</summary>
    /// <param name="effects">Effects of events, pooled over the siblings.</param>
    /// <param name="memory">What an earlier forecast learned.</param>
    public SeriesForecast Forecast(
        int seriesId, int horizon, int seed, IReadOnlyList<EventEffect> effects, ForecastMemory? memory, CancellationToken cancellationToken)
    {
        var member = _members[seriesId];
        var options = member.Options with { Seed = seed, SiblingEffects = effects, Memory = memory, PooledModels = _models[member.History.Grid.Interval] };
        var siblings = IsYoung(member) ? SiblingsOf(seriesId) : [];
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

    private static bool IsYoung(PoolMember member) => member.History.End - member.History.Start < Young;

    private List<PoolMember> SiblingsOf(int seriesId) => [.. _members.Where(m =>
            m.Key != seriesId && m.Value.History.Grid.Interval == _members[seriesId].History.Grid.Interval && m.Value.History.End - m.Value.History.Start >= 2 * Young)
        .OrderBy(m => m.Key).Select(m => m.Value)];

    private static IReadOnlyList<PooledModel> Models(List<PoolMember> members, Instant end, int seed, CancellationToken cancellationToken)
    {
        if (members.Count < 2)
        {
            return []; // of a single series there is nothing to learn that it does not tell itself
        }

        try
        {
            var (start, grid) = (members[0].History.End, members[0].History.Grid);
            return PooledTraining.Train(members, Math.Max(1, grid.StepsUntil(start, end)), seed: seed, cancellationToken: cancellationToken);
        }
        catch (ForecastDataException)
        {
            return []; // too young an operation: its series are forecast one by one
        }
    }
}
