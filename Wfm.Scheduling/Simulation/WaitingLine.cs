using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Simulation;

/// <summary>A contact while it waits. Times are seconds from the start of the horizon.</summary>
/// <param name="Arrival">When it arrived.</param>
/// <param name="Work">Handle time left at speed 1.</param>
/// <param name="Limit">When an immediate contact gives up; when a deferrable one is due.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Contact(double Arrival, double Work, double Limit);

/// <summary>The waiting contacts of one queue, first come first served, which with one turnaround is also earliest deadline first.</summary>
/// <remarks>A ring that only grows and is kept between replications, so that nothing is allocated per contact.</remarks>
internal sealed class WaitingLine
{
    private Contact[] _ring = new Contact[64];
    private int _head;

    public int Count { get; private set; }

    public ref readonly Contact First => ref _ring[_head];

    public void Clear() => (_head, Count) = (0, 0);

    public void Add(in Contact contact)
    {
        Grow();
        _ring[(_head + Count++) & (_ring.Length - 1)] = contact;
    }

    public Contact RemoveFirst()
    {
        var contact = _ring[_head];
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        return contact;
    }

    /// <summary>Puts a contact that was in hand back to its place by age, which is near the front.</summary>
    public void Return(in Contact contact)
    {
        Grow();
        var mask = _ring.Length - 1;
        _head = (_head - 1) & mask;
        Count++;
        var place = 0;
        for (; place + 1 < Count && Ring(place + 1).Arrival < contact.Arrival; place++) Ring(place) = Ring(place + 1);
        Ring(place) = contact;

        ref Contact Ring(int position) => ref _ring[(_head + position) & mask];
    }

    private void Grow()
    {
        if (Count < _ring.Length) return;
        var larger = new Contact[2 * _ring.Length];
        for (var i = 0; i < Count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
