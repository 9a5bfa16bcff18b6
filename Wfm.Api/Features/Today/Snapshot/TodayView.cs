using Wfm.Api.Features.Today.Inputs;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>The running day of a hub as it is known, projected and staffed.</summary>
/// <param name="Day">What is known.</param>
/// <param name="Queues">Queues of the forecast.</param>
/// <param name="Window">Intervals of the simulation; null without queues that can be projected.</param>
/// <param name="Floor">Queues that are projected, as they are simulated.</param>
/// <param name="Projection">Their projection, in the same order; null without any.</param>
/// <param name="Groups">Heads of skill groups.</param>
/// <param name="Faults">Queues that cannot be staffed, with the reason.</param>
internal sealed record TodayView(
    TodayFacts Day, List<QueueDay> Queues, GridSpan? Window, List<(QueueDay Day, FloorQueue Floor)> Floor, Projection? Projection,
    IReadOnlyList<TodayGroup> Groups, IReadOnlyDictionary<string, string> Faults);
