namespace Wfm.Scheduling.Simulation;

/// <summary>Counts what happens to the contacts of each queue. Contacts that arrived before the end of the warm-up are left out.</summary>
internal sealed class ServiceCounter(CompiledScenario scenario)
{
    public ServiceTally[] Tallies { get; } = new ServiceTally[scenario.Queues];

    public void Clear()
    {
        Array.Fill(Tallies, ServiceTally.Empty);
        if (scenario.WarmUp > 0) return;
        for (var q = 0; q < Tallies.Length; q++) Tallies[q].Opening = scenario.OpeningAges[q].Length;
    }

    public bool Counts(double arrival) => scenario.WarmUp == 0 || arrival >= scenario.WarmUp;

    public void Offer(int queue, double arrival)
    {
        if (Counts(arrival)) Tallies[queue].Offered++;
    }

    public void Abandon(int queue, double arrival)
    {
        if (Counts(arrival)) Tallies[queue].Abandoned++;
    }

    /// <summary>A contact is taken up, or with sign −1 was not after all.</summary>
    public void Answer(int queue, double arrival, double start, int sign)
    {
        if (!Counts(arrival)) return;
        ref var tally = ref Tallies[queue];
        tally.Answered += sign;
        tally.WaitSeconds += sign * (start - arrival);
        if (scenario.HasThreshold[queue] && start - arrival <= scenario.Threshold[queue]) tally.AnsweredInTime += sign;
    }

    /// <summary>A deferrable contact is done at a time, or still open then.</summary>
    public void Done(int queue, double arrival, double due, double time, bool open = false)
    {
        if (!Counts(arrival) || (open && due > time)) return;
        ref var tally = ref Tallies[queue];
        tally.Done++;
        if (!open && time <= due)
        {
            tally.DoneInTime++;
            return;
        }
        var deadline = scenario.Clocks[queue]!.Due(arrival, scenario.DeadlineAfter[queue]);
        if (open ? deadline > time : time <= deadline) return;
        tally.Breaches++;
        tally.FirstBreach = Math.Min(tally.FirstBreach, deadline);
        if (deadline >= scenario.RiskFrom) tally.FirstRisk = Math.Min(tally.FirstRisk, deadline);
    }

    /// <summary>A contact still waits when the horizon ends.</summary>
    public void Left(int queue, in Contact contact, double time)
    {
        if (!Counts(contact.Arrival)) return;
        ref var tally = ref Tallies[queue];
        if (!scenario.IsDeferrable[queue] && contact.Limit < time)
        {
            tally.Abandoned++;
            return;
        }
        tally.Left++;
        tally.OldestAge = Math.Max(tally.OldestAge, time - contact.Arrival);
        if (scenario.IsDeferrable[queue]) Done(queue, contact.Arrival, contact.Limit, time, open: true);
    }
}
