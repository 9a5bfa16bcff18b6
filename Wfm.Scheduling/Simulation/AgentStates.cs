namespace Wfm.Scheduling.Simulation;

/// <summary>What each agent is doing: on duty or not, how many contacts in hand, busy and idle since when. Plain arrays, because the event loop lives on
/// them.</summary>
internal sealed class AgentStates
{
    private readonly CompiledScenario _scenario;

    public AgentStates(CompiledScenario scenario)
    {
        _scenario = scenario;
        var agents = scenario.Agents;
        (Load, Cap, Span, Free) = (new int[agents], new int[agents], new int[agents], new int[scenario.Queues]);
        (Present, Leaving) = (new bool[agents], new bool[agents]);
        (PresentSince, IdleSince, BusySince, Busy, Duty) = (new double[agents], new double[agents], new double[agents], new double[agents], new double[agents]);
    }

    /// <summary>Contacts in hand.</summary>
    public int[] Load { get; }

    /// <summary>Contacts the agent may hold given those in hand.</summary>
    public int[] Cap { get; }

    /// <summary>Stretch of work the agent is in, or waits for.</summary>
    public int[] Span { get; }

    /// <summary>On duty and not on a break.</summary>
    public bool[] Present { get; }

    /// <summary>Leaves as soon as the contacts in hand are finished.</summary>
    public bool[] Leaving { get; }

    public double[] PresentSince { get; }

    /// <summary>Since when the agent has been free; negative while that is undecided.</summary>
    public double[] IdleSince { get; }

    public double[] BusySince { get; }

    /// <summary>Seconds with a contact.</summary>
    public double[] Busy { get; }

    /// <summary>Seconds on duty.</summary>
    public double[] Duty { get; }

    /// <summary>Per queue: agents on duty without a contact.</summary>
    public int[] Free { get; }

    public void Clear()
    {
        Array.Clear(Load);
        Array.Clear(Span);
        Array.Clear(Free);
        Array.Clear(Present);
        Array.Clear(Leaving);
        Array.Clear(Busy);
        Array.Clear(Duty);
    }

    /// <summary>Whether the agent, who has the skill, may take one more contact of the queue.</summary>
    public bool HasRoom(int agent, int queue) => Load[agent] == 0 || Load[agent] < Math.Min(Cap[agent], _scenario.Slots[queue]);

    public void MarkFree(int agent, int change)
    {
        foreach (var queue in _scenario.Skills[agent]) Free[queue] += change;
    }

    /// <summary>Seconds from a moment to now, the warm-up left out.</summary>
    public double Counted(double since, double now) => Math.Max(0, now - Math.Max(since, _scenario.WarmUp));
}
