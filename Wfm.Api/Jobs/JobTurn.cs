using NodaTime;

namespace Wfm.Api.Jobs;

/// <summary>What a worker's turn at a row came to; what becomes of the message follows from it.</summary>
/// <param name="State">State of the row after it; null when there is no such row, or when another message is the row's.</param>
/// <param name="Again">When to look at the row again: it waits for its next attempt, or it is with another worker.</param>
/// <param name="Text">Path of what it made, or why it did not.</param>
public sealed record JobTurn(JobState? State, Instant? Again = null, string? Text = null);

/// <summary>A turn that did not end in success, on its way to <see cref="JobMessageFilter"/>.</summary>
internal sealed class JobTurnException(JobTurn turn) : Exception(turn.Text)
{
    public JobTurn Turn { get; } = turn;
}
