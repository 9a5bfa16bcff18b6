using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>What a person does instead of something that is moved away: work goes on.</summary>
internal static class ReturnedWork
{
    /// <summary>The work right before it, else that right after it; <see langword="null"/> where neither is work.</summary>
    /// <param name="shift">The shift.</param>
    /// <param name="moved">One of its activities.</param>
    public static ShiftActivity? Of(RosterShift shift, ShiftActivity moved)
    {
        var place = 0;
        while (place < shift.Activities.Count && !ReferenceEquals(shift.Activities[place], moved)) place++;
        var work = Work(place - 1) ?? Work(place + 1);
        return work is null ? null : new ShiftActivity(ActivityKinds.Work, work.Group, moved.Start, moved.End);

        ShiftActivity? Work(int i) => i >= 0 && i < shift.Activities.Count && shift.Activities[i].Kind == ActivityKinds.Work ? shift.Activities[i] : null;
    }
}
