namespace Wfm.Scheduling.Allocation.Linear;

/// <summary>Lists of index and value, one after another in two arrays.</summary>
internal sealed class EntryLists
{
    private int[] _starts = new int[64];
    private int[] _index = new int[512];
    private double[] _values = new double[512];

    public int Count { get; private set; }

    public int Entries { get; private set; }

    public void Clear() => (Count, Entries) = (0, 0);

    /// <summary>Begins the next list.</summary>
    public void Begin()
    {
        if (Count + 1 == _starts.Length) Array.Resize(ref _starts, _starts.Length * 2);
        _starts[Count++] = Entries;
    }

    /// <summary>Adds to the list begun last.</summary>
    public void Add(int index, double value)
    {
        if (Entries == _index.Length)
        {
            Array.Resize(ref _index, Entries * 2);
            Array.Resize(ref _values, Entries * 2);
        }

        (_index[Entries], _values[Entries]) = (index, value);
        Entries++;
    }

    /// <summary>Where a list stands.</summary>
    public (int[] Index, double[] Values, int From, int To) Of(int list) =>
        (_index, _values, _starts[list], list + 1 < Count ? _starts[list + 1] : Entries);
}
