using Wfm.Api.Http;

namespace Wfm.Api.Features.Today.Events;

/// <summary>Places of those who follow the events of days, so many of a process.</summary>
internal sealed class TodayListeners
{
    /// <summary>Streams of a process at once.</summary>
    public const int Most = 64;

    private int _count;

    /// <summary>Takes a place; disposing of the answer gives it back.</summary>
    /// <exception cref="ProblemException">503: all are taken.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Decrement(ref _count);
            throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable,
                $"{Most} listeners follow days already, more are not served at once. Ask for the snapshot from time to time.");
        }

        return new Place(this);
    }

    private sealed class Place(TodayListeners listeners) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref listeners._count);
            }
        }
    }
}
