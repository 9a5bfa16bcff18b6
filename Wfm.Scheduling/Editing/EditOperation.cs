using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>One thing that an edit does. Operations of an edit follow one another; each sees what those before it have made of the days.</summary>
public abstract record EditOperation
{
    private EditOperation()
    {
    }

    /// <summary>Gives a shift to a person who has none that day.</summary>
    /// <param name="Shift">The shift, with its person and date.</param>
    public sealed record Assign(RosterShift Shift) : EditOperation;

    /// <summary>Takes a shift away.</summary>
    /// <param name="AgentId">The person.</param>
    /// <param name="Date">Local date on which it starts.</param>
    public sealed record Remove(string AgentId, LocalDate Date) : EditOperation;

    /// <summary>Lets a shift begin at another time, as long as before and with all its parts.</summary>
    /// <param name="AgentId">The person.</param>
    /// <param name="Date">Local date on which it starts.</param>
    /// <param name="Start">The new start; on another local date the shift moves there.</param>
    public sealed record Move(string AgentId, LocalDate Date, Instant Start) : EditOperation;

    /// <summary>Lets a shift begin or end earlier or later: what is added is work like that beside it, what is cut off is gone.</summary>
    /// <param name="AgentId">The person.</param>
    /// <param name="Date">Local date on which it starts.</param>
    /// <param name="Start">The new start; <see langword="null"/> to leave it.</param>
    /// <param name="End">The new end; <see langword="null"/> to leave it.</param>
    public sealed record Resize(string AgentId, LocalDate Date, Instant? Start, Instant? End) : EditOperation;

    /// <summary>Puts an activity over a part of a shift.</summary>
    /// <param name="AgentId">The person.</param>
    /// <param name="Date">Local date on which the shift starts.</param>
    /// <param name="Activity">The activity, within the shift.</param>
    public sealed record Segment(string AgentId, LocalDate Date, ShiftActivity Activity) : EditOperation;

    /// <summary>Lets two people exchange days.</summary>
    /// <param name="AgentId">One person.</param>
    /// <param name="Date">Day that this person gives away.</param>
    /// <param name="OtherId">The other person.</param>
    /// <param name="OtherDate">Day that the other gives away.</param>
    public sealed record Swap(string AgentId, LocalDate Date, string OtherId, LocalDate OtherDate) : EditOperation;

    /// <summary>Frees a person for leave: shifts within it go, others are cut or interrupted. Where the rest of a night would fall on a day with another
    /// shift, it goes too.</summary>
    /// <param name="AgentId">The person.</param>
    /// <param name="Start">First moment away.</param>
    /// <param name="End">First moment back.</param>
    public sealed record Away(string AgentId, Instant Start, Instant End) : EditOperation;
}

/// <summary>Why an operation cannot be done.</summary>
/// <param name="Operation">Its place in the edit, from 0.</param>
/// <param name="Code">What is wrong, in short: <c>unknownAgent</c>, <c>outsidePeriod</c>, <c>lockedDay</c>, <c>noShift</c>, <c>dayTaken</c>, <c>notInShift</c>,
/// <c>notWholeMinutes</c>, <c>unusableTimes</c> or <c>sameAgent</c>.</param>
/// <param name="Message">The same in words, with the values.</param>
public sealed record OperationRefusal(int Operation, string Code, string Message);
