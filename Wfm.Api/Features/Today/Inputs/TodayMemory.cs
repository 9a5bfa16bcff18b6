namespace Wfm.Api.Features.Today.Inputs;

/// <summary>What stays as it is and takes long to read or to compute, kept by what it hangs on: forecast curves, rosters in force, projections. The ones used
/// last, as many as a floor of several hubs asks for: a projection of a large hub holds some ten megabytes.</summary>
internal sealed class TodayMemory
{
    /// <summary>Things of each kind.</summary>
    public const int Most = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Kind, Guid Hub, string Key), (object Value, long Used)> _kept = [];
    private long _uses;

    /// <summary>What is kept under a key; made and kept when it is not there. Two who ask at once may both make it.</summary>
    public async Task<T> Get<T>(Guid hub, string key, Func<Task<T>> make)
        where T : class
    {
        if (Find<T>(hub, key) is { } kept)
        {
            return kept;
        }

        var made = await make();
        Put(hub, key, made);
        return made;
    }

    /// <summary>What is kept under a key; null when nothing is.</summary>
    public T? Find<T>(Guid hub, string key)
        where T : class
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue((typeof(T), hub, key), out var kept))
            {
                return null;
            }

            _kept[(typeof(T), hub, key)] = kept with { Used = ++_uses };
            return (T)kept.Value;
        }
    }

    /// <summary>Keeps a thing, and lets go of what was used least lately.</summary>
    public void Put<T>(Guid hub, string key, T value)
        where T : class
    {
        lock (_lock)
        {
            _kept[(typeof(T), hub, key)] = (value, ++_uses);
            foreach (var old in _kept.Where(k => k.Key.Kind == typeof(T)).OrderByDescending(k => k.Value.Used).Skip(Most).Select(k => k.Key).ToList())
            {
                _kept.Remove(old);
            }
        }
    }
}
