namespace Wfm.Scheduling.Simulation;

/// <summary>The contacts of one queue in one replication, one after the other. Nothing in it depends on the roster.</summary>
/// <remarks>
/// Poisson and even arrivals invert the cumulative volume Λ: the next contact comes when Λ has grown by an exponential step, or by exactly one.
/// Counted arrivals draw the k moments left of an interval in order: the first of k uniforms on (t, end) is t + (end − t)(1 − U^(1/k)).
/// Arrivals and handle times have streams of their own, so that a change of volume leaves the handle times alone.
/// </remarks>
internal sealed class ArrivalStream
{
    private readonly ArrivalPattern _pattern;
    private readonly double[][] _paths;
    private readonly double[] _aht;
    private readonly double _intervalSeconds;
    private readonly bool _lognormal;
    private readonly double _logDeviation;
    private readonly double _patience; // mean; infinite without
    private readonly double _turnaround;
    private readonly OpenClock? _clock; // deferrable work only
    private ContactRandom _moments;
    private ContactRandom _contents;
    private double[] _volume;
    private int _interval;
    private double _step; // growth of Λ until the next contact
    private double _counted; // cumulative volume up to and with the interval
    private long _toCome; // contacts of the interval still to come, when counted
    private long _made; // contacts of the intervals up to and with this one, when counted

    public ArrivalStream(SimulatedQueue queue, double intervalSeconds, OpenClock? clock)
    {
        (_pattern, _paths, _aht, _intervalSeconds, _clock) = (queue.Arrivals, queue.VolumePaths, queue.AhtSeconds, intervalSeconds, clock);
        (_lognormal, _logDeviation) = (queue.HandleTime.IsLognormal, queue.HandleTime.LogDeviation);
        _patience = queue.Immediate?.MeanPatience?.TotalSeconds ?? double.PositiveInfinity;
        _turnaround = queue.Deferrable?.Turnaround.TotalSeconds ?? 0;
        _volume = _paths[0];
    }

    /// <summary>When the next contact arrives; <see cref="EventTree.Never"/> after the last.</summary>
    public double Time { get; private set; }

    /// <summary>Contacts expected in a replication.</summary>
    public double VolumeOf(int replication) => _paths[replication % _paths.Length].Sum();

    public void Restart(int seed, int replication, int queue)
    {
        _moments = new ContactRandom(seed, replication, 2 * queue);
        _contents = new ContactRandom(seed, replication, 2 * queue + 1);
        _volume = _paths[replication % _paths.Length];
        (_interval, _counted, _toCome, _made, Time) = (-1, 0, 0, 0, 0);
        if (_pattern == ArrivalPattern.Counted)
        {
            AdvanceCounted();
            return;
        }
        _interval = 0;
        _step = _pattern == ArrivalPattern.Even ? 0.5 : _moments.NextExponential();
        AdvanceCumulative();
    }

    /// <summary>The contact that arrives now; the stream moves on to the next.</summary>
    public Contact Take()
    {
        var arrival = Time;
        var contact = Make(arrival, _aht[_interval]);
        if (_pattern == ArrivalPattern.Counted)
        {
            AdvanceCounted();
        }
        else
        {
            _step = _pattern == ArrivalPattern.Even ? 1 : _moments.NextExponential();
            AdvanceCumulative();
        }
        return contact;
    }

    /// <summary>A contact of the opening backlog.</summary>
    public Contact TakeOpen(double arrival) => Make(arrival, _aht[0]);

    /// <summary>When a deferrable contact that arrived then is due.</summary>
    public double DueOf(double arrival) => _clock?.Due(arrival, _turnaround) ?? double.PositiveInfinity;

    private Contact Make(double arrival, double aht)
    {
        var work = _lognormal
            ? _logDeviation == 0 ? aht : aht * Math.Exp(_logDeviation * (_contents.NextNormal() - _logDeviation / 2))
            : aht * _contents.NextExponential();
        var limit = _clock is not null ? DueOf(arrival)
            : double.IsPositiveInfinity(_patience) ? _patience : arrival + _patience * _contents.NextExponential();
        return new Contact(arrival, work, limit);
    }

    private void AdvanceCumulative()
    {
        for (; _interval < _volume.Length; _interval++)
        {
            var end = (_interval + 1) * _intervalSeconds;
            var rate = _volume[_interval] / _intervalSeconds;
            var left = (end - Time) * rate;
            if (_step < left)
            {
                Time += _step / rate;
                return;
            }
            _step -= left;
            Time = end;
        }
        Time = EventTree.Never;
    }

    private void AdvanceCounted()
    {
        while (_toCome == 0)
        {
            if (++_interval >= _volume.Length)
            {
                Time = EventTree.Never;
                return;
            }
            _counted += _volume[_interval];
            var upToHere = (long)Math.Floor(_counted + 0.5);
            (_toCome, _made, Time) = (upToHere - _made, upToHere, _interval * _intervalSeconds);
        }
        var end = (_interval + 1) * _intervalSeconds;
        Time += (end - Time) * (1 - Math.Exp(Math.Log(_moments.NextUniform()) / _toCome));
        _toCome--;
    }
}
