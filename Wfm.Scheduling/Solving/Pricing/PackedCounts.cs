using System.Numerics;
using System.Runtime.Intrinsics;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The counts of all rules side by side in one vector, so that adding, checking and comparing them is an instruction or two.</summary>
/// <remarks>
/// Each limit has a field with a guard bit on top that no legal value reaches. Fields of a maximum count up, fields of a minimum count what is left
/// of the most there can be; in both less is better, so that one roster is at least as good as another when no field is larger: subtracting under
/// set guard bits leaves them all set. Amounts are divided by their common divisor. Limits that do not fit into 256 bits are left out, which the
/// owner must know: <see cref="IsComplete"/>.
/// </remarks>
internal sealed class PackedCounts
{
    private const int Words = 4;
    private readonly List<Field> _fields = [];
    private readonly RuleLabel[] _labels;
    private readonly List<Vector256<ulong>> _additions = [Vector256<ulong>.Zero];
    private readonly List<int[]> _amounts = [];
    private readonly Dictionary<Vector256<ulong>, int> _index = [];
    private readonly Vector256<ulong>[] _limits;
    private readonly Vector256<ulong> _guard;
    private readonly ulong[] _weekly = new ulong[Words];

    /// <param name="labels">The labels of the rules.</param>
    /// <param name="largest">Largest amount of a day and common divisor of all amounts, per label.</param>
    /// <param name="days">The agent's days, of which those outside the period are read.</param>
    /// <param name="calendar">Says where the period and its weeks begin and end.</param>
    public PackedCounts(RuleLabel[] labels, (int Largest, int Divisor)[] largest, ReadOnlySpan<DayCell> days, RosterCalendar calendar)
    {
        _labels = labels;
        var used = new int[Words];
        IsComplete = true;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Count is not { } count || largest[i].Largest == 0) continue;
            IsComplete &= Place(new Field(i, count, largest[i], (labels[i].Counted(days), labels[i].CountedAfter(days)), calendar), used);
        }

        _limits = new Vector256<ulong>[calendar.End];
        var words = new ulong[Words];
        foreach (var field in _fields)
        {
            words[field.Word] |= 1UL << (field.Shift + field.Bits);
            if (field.Count.IsWeekly) _weekly[field.Word] |= field.Mask;
        }

        _guard = Load(words);
        for (var row = calendar.Offset; row < calendar.End; row++)
        {
            Array.Clear(words);
            foreach (var field in _fields)
            {
                words[field.Word] |= (ulong)field.Limit(row, row == calendar.End - 1) << field.Shift;
            }

            _limits[row] = Load(words) | _guard;
        }

        Array.Clear(words);
        foreach (var field in _fields)
        {
            words[field.Word] |= (ulong)field.Start << field.Shift;
        }

        Start = Load(words);
        KeepWeekly = Load([.. _weekly.Select(w => ~w)]);
        _amounts.Add(new int[_fields.Count]);
        _index.Add(Vector256<ulong>.Zero, 0);
    }

    /// <summary>False when a limit did not fit.</summary>
    public bool IsComplete { get; private set; }

    public Vector256<ulong> Start { get; }

    /// <summary>Clears the weekly counts.</summary>
    public Vector256<ulong> KeepWeekly { get; }

    public bool HasWeekly => Array.Exists(_weekly, w => w != 0);

    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>What options add, by index.</summary>
    public List<Vector256<ulong>> Additions => _additions;

    /// <summary>The same as plain numbers per field.</summary>
    public List<int[]> Amounts => _amounts;

    public bool Fits(Vector256<ulong> counts, int row) => ((_limits[row] - counts) & _guard) == _guard;

    /// <summary>Whether no field of a is larger than that of b.</summary>
    public bool AtMost(Vector256<ulong> a, Vector256<ulong> b) => (((b | _guard) - a) & _guard) == _guard;

    /// <summary>Index of the addition of amounts per label.</summary>
    public int Addition(int[] amounts)
    {
        var words = new ulong[Words];
        var plain = new int[_fields.Count];
        for (var f = 0; f < _fields.Count; f++)
        {
            var field = _fields[f];
            plain[f] = amounts[field.Label] / field.Divisor;
            var add = (ulong)plain[f] << field.Shift;
            words[field.Word] = unchecked(field.IsMinimum ? words[field.Word] - add : words[field.Word] + add);
        }

        var vector = Load(words);
        if (_index.TryGetValue(vector, out var index)) return index;
        _index.Add(vector, _additions.Count);
        _additions.Add(vector);
        _amounts.Add(plain);
        return _additions.Count - 1;
    }

    private static Vector256<ulong> Load(ulong[] words) => Vector256.Create(words[0], words[1], words[2], words[3]);

    private bool Place(Field field, int[] used)
    {
        for (var word = 0; word < Words; word++)
        {
            if (used[word] + field.Bits + 1 > 64) continue;
            (field.Word, field.Shift) = (word, used[word]);
            used[word] += field.Bits + 1;
            _fields.Add(field);
            return true;
        }

        return false;
    }

    /// <summary>Where one limit lies and what it is, in units of its divisor.</summary>
    internal sealed class Field
    {
        private readonly long _all;
        private readonly int _after;
        private readonly int _closing;

        public Field(int label, LabelCount count, (int Largest, int Divisor) amounts, (int Before, int After) counted, RosterCalendar calendar)
        {
            (Label, Count, Divisor, _after) = (label, count, amounts.Divisor, counted.After);
            _closing = count.IsWeekly ? calendar.WeekStart(calendar.LastWeek) : calendar.Offset;
            IsMinimum = count.Minimum > 0;
            _all = (counted.Before / Divisor) + ((count.IsWeekly ? 7L : calendar.Days) * (amounts.Largest / Divisor)) + 1;
            Start = IsMinimum ? _all - (counted.Before / Divisor) : counted.Before / Divisor;
            Slack = IsMinimum ? ((double)count.Minimum - counted.Before) / Divisor : Most(calendar.End - 1) - Start;
            Bits = 64 - BitOperations.LeadingZeroCount((ulong)_all);
        }

        public int Label { get; }

        public LabelCount Count { get; }

        public int Divisor { get; }

        public bool IsMinimum { get; }

        public long Start { get; }

        public int Bits { get; }

        public int Word { get; set; }

        public int Shift { get; set; }

        public ulong Mask => ((1UL << Bits) - 1) << Shift;

        /// <summary>What may be added in the period at most, or has to be at least.</summary>
        public double Slack { get; }

        /// <summary>Largest value of the field after a row.</summary>
        public long Limit(int row, bool isLast) => IsMinimum
            ? isLast ? Math.Max(0, _all - (long)Math.Ceiling((double)Count.Minimum / Divisor)) : _all
            : Most(row);

        // Room is left for what follows after the period in its last week, or in all of it.
        private long Most(int row) => Math.Clamp((Count.Maximum(row) - (row >= _closing ? _after : 0)) / Divisor, 0, _all);
    }
}
