using System.Collections.Concurrent;

namespace Wfm.Api.Pipeline;

/// <summary>One slot a core for each party: what the nights run side by side never fights for more cores than there are, and what somebody waits for at one hub
/// waits neither for the nights nor for another hub. Requests come before jobs, jobs before the nights: see <see cref="ComputeThread"/>.</summary>
public sealed class ComputeSlots : IDisposable
{
    /// <summary>The party of all nights.</summary>
    public const string Nights = "nights";

    private static readonly AsyncLocal<string?> Party = new();

    private readonly ConcurrentDictionary<string, Lane> _lanes = [];

    /// <summary>From here on, to the end of the calling method, work is that of a party; without one it is that of the requests.</summary>
    public static void Join(string party) => Party.Value = party;

    public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) => Run(work, 1, cancellationToken);

    /// <param name="threads">Threads of the work; it waits for as many slots, or for all there are.</param>
    public Task<T> Run<T>(Func<T> work, int threads, CancellationToken cancellationToken) =>
        _lanes.GetOrAdd(Party.Value ?? "", party => new Lane(NicenessOf(party))).Run(work, threads, cancellationToken);

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private static int NicenessOf(string party) => party switch
    {
        "" => 0,
        Nights => 10,
        _ => 5,
    };

    private sealed class Lane(int niceness) : IDisposable
    {
        private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
        private readonly SemaphoreSlim _gate = new(1); // who waits for several slots lets nobody else begin to collect them

        public async Task<T> Run<T>(Func<T> work, int threads, CancellationToken cancellationToken)
        {
            var taken = 0;
            try
            {
                await _gate.WaitAsync(cancellationToken);
                try
                {
                    for (; taken < Math.Min(threads, Environment.ProcessorCount); taken++)
                    {
                        await _slots.WaitAsync(cancellationToken);
                    }
                }
                finally
                {
                    _gate.Release();
                }

                return await ComputeThread.Run(work, niceness, cancellationToken);
            }
            finally
            {
                if (taken > 0)
                {
                    _slots.Release(taken);
                }
            }
        }

        public void Dispose()
        {
            _slots.Dispose();
            _gate.Dispose();
        }
    }
}
