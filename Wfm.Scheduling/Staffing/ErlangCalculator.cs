using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>The queueing models of the calculator.</summary>
public enum QueueModel
{
    /// <summary>Blocked contacts are lost.</summary>
    ErlangB,

    /// <summary>Contacts wait as long as it takes.</summary>
    ErlangC,

    /// <summary>Contacts wait until their patience ends.</summary>
    ErlangA,
}

/// <summary>Every figure of one model for one interval. A figure the model does not have, or has no steady state for, is null.</summary>
/// <param name="Model">The model.</param>
/// <param name="OfferedLoad">Volume × AHT ÷ interval, in erlangs.</param>
/// <param name="Agents">Agents (servers), given or found; a given number need not be whole.</param>
/// <param name="Stable">False when an Erlang C queue grows without end (agents ≤ load).</param>
/// <param name="Occupancy">Share of on-the-phone time spent on contacts.</param>
/// <param name="Blocking">Share of contacts blocked (Erlang B).</param>
/// <param name="ProbabilityOfWait">Share of contacts that find every agent busy (C, A).</param>
/// <param name="ServiceLevel">Share of offered contacts answered within the threshold (C, A), null without a threshold.</param>
/// <param name="ServiceLevelOfAnswered">The same as a share of answered contacts.</param>
/// <param name="AsaSeconds">Mean wait of answered contacts (C, A).</param>
/// <param name="QueueLength">Mean number of contacts waiting (C, A).</param>
/// <param name="WaitP90Seconds">The wait nine in ten contacts do not exceed (C, A).</param>
/// <param name="Abandonment">Share of contacts that abandon (A; 0 in C).</param>
public sealed record ErlangMetrics(
    QueueModel Model, double OfferedLoad, double Agents, bool Stable, double Occupancy, double? Blocking, double? ProbabilityOfWait, double? ServiceLevel,
    double? ServiceLevelOfAnswered, double? AsaSeconds, double? QueueLength, double? WaitP90Seconds, double? Abandonment);

/// <summary>One interval, one model, every figure: for agents that are given, or for the fewest that meet a goal.</summary>
public static class ErlangCalculator
{
    /// <summary>Figures for a given number of agents.</summary>
    /// <param name="model">Erlang B, C or A.</param>
    /// <param name="volume">Contacts offered in the interval, finite, 0 or more.</param>
    /// <param name="interval">Length of the interval, more than zero.</param>
    /// <param name="aht">Average handle time, more than zero.</param>
    /// <param name="agents">Agents on the phone, more than 0, not necessarily whole: an average over time.</param>
    /// <param name="threshold">Longest wait that counts for the service level, zero or more; null for none.</param>
    /// <param name="meanPatience">Mean patience, more than zero; given exactly with Erlang A.</param>
    /// <returns>Every figure the model has.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or patience does not fit the model.</exception>
    public static ErlangMetrics Evaluate(
        QueueModel model, double volume, Duration interval, Duration aht, double agents, Duration? threshold = null, Duration? meanPatience = null)
    {
        var load = Load(model, volume, interval, aht);
        Guard.Positive(agents);
        if (threshold is { } wait) Guard.NonNegative(wait, nameof(threshold));
        CheckPatience(model, meanPatience, nameof(meanPatience));
        return Figures(model, load, aht.TotalSeconds, agents, threshold?.TotalSeconds, meanPatience?.TotalSeconds);
    }

    /// <summary>Figures for the fewest agents that meet a goal (Erlang C, or Erlang A when the goal has a patience).</summary>
    /// <param name="volume">Contacts offered in the interval, finite, 0 or more.</param>
    /// <param name="interval">Length of the interval, more than zero.</param>
    /// <param name="aht">Average handle time, more than zero.</param>
    /// <param name="goal">Targets, all met at once.</param>
    /// <returns>Every figure the model has; one agent when there is no volume.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static ErlangMetrics Require(double volume, Duration interval, Duration aht, ImmediateGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        var model = goal.MeanPatience is null ? QueueModel.ErlangC : QueueModel.ErlangA;
        var load = Load(model, volume, interval, aht);
        var seconds = aht.TotalSeconds;
        var agents = model == QueueModel.ErlangC ? ErlangC.RequiredAgents(load, seconds, goal) : ErlangA.RequiredAgents(load, seconds, goal);
        return Figures(model, load, seconds, Math.Max(1, agents), goal.Threshold?.TotalSeconds, goal.MeanPatience?.TotalSeconds);
    }

    /// <summary>Figures for the fewest servers that block no more than a share of the contacts (Erlang B).</summary>
    /// <param name="volume">Contacts offered in the interval, finite, 0 or more.</param>
    /// <param name="interval">Length of the interval, more than zero.</param>
    /// <param name="aht">Average handle time, more than zero.</param>
    /// <param name="maximumBlocking">Highest share blocked, more than 0 and less than 1.</param>
    /// <returns>Every figure the model has; one server when there is no volume.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static ErlangMetrics RequireServers(double volume, Duration interval, Duration aht, double maximumBlocking)
    {
        var load = Load(QueueModel.ErlangB, volume, interval, aht);
        return Figures(
            QueueModel.ErlangB, load, aht.TotalSeconds, Math.Max(1, ErlangB.RequiredServers(load, Guard.InsideUnit(maximumBlocking))), thresholdSeconds: null,
            patience: null);
    }

    private static double Load(QueueModel model, double volume, Duration interval, Duration aht)
    {
        if (!Enum.IsDefined(model)) throw Guard.OutOfRange(nameof(model), model, "it must be Erlang B, C or A");
        Guard.NonNegative(volume);
        Guard.Positive(interval);
        Guard.Positive(aht);
        var load = volume * (aht / interval);
        return load <= Guard.LargestLoad
            ? load
            : throw Guard.OutOfRange(nameof(volume), volume, $"with an AHT of {aht} it makes {load:G4} erlangs, more than 10,000,000");
    }

    private static void CheckPatience(QueueModel model, Duration? patience, string name)
    {
        if (patience is { } mean) Guard.Positive(mean, name);
        if (model == QueueModel.ErlangA == patience is null)
        {
            throw new ArgumentException(
                patience is null ? "Erlang A needs the mean patience." : $"{model} has no patience ({patience} given); use Erlang A.", name);
        }
    }

    private static ErlangMetrics Figures(QueueModel model, double load, double aht, double agents, double? thresholdSeconds, double? patience)
    {
        if (model == QueueModel.ErlangB)
        {
            return new ErlangMetrics(
                model, load, agents, Stable: true, ErlangB.Occupancy(load, agents), ErlangB.Blocking(load, agents), null, null, null, null, null, null, null);
        }
        if (patience is { } mean)
        {
            return new ErlangMetrics(
                model, load, agents, Stable: true, ErlangA.Occupancy(load, agents, aht, mean), Blocking: null,
                ErlangA.ProbabilityOfWait(load, agents, aht, mean), thresholdSeconds is { } limit ? ErlangA.ServiceLevel(load, agents, aht, mean, limit) : null,
                thresholdSeconds is { } same ? ErlangA.ServiceLevelOfAnswered(load, agents, aht, mean, same) : null,
                ErlangA.AverageSpeedOfAnswer(load, agents, aht, mean), ErlangA.QueueLength(load, agents, aht, mean),
                ErlangA.WaitQuantile(load, agents, aht, mean, 0.9), ErlangA.Abandonment(load, agents, aht, mean));
        }
        var stable = agents > load;
        double? level = thresholdSeconds is { } threshold ? ErlangC.ServiceLevel(load, agents, aht, threshold) : null;
        return new ErlangMetrics(
            model, load, agents, stable, ErlangC.Occupancy(load, agents), Blocking: null, ErlangC.ProbabilityOfWait(load, agents), level, level,
            stable ? ErlangC.AverageSpeedOfAnswer(load, agents, aht) : null, stable ? ErlangC.QueueLength(load, agents) : null,
            stable ? ErlangC.WaitQuantile(load, agents, aht, 0.9) : null, Abandonment: 0);
    }
}
