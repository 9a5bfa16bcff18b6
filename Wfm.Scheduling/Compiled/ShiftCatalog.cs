using System.Runtime.InteropServices;
using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>Every shift that can be worked in the period: templates × days × start times, with the ways to place the breaks.</summary>
internal sealed class ShiftCatalog
{
    private readonly ShiftTemplate[] _templates;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly double[] _severity;
    private readonly ActivityCatalog _activities;
    private readonly Dictionary<(int Template, int Minutes), int> _shapes = [];
    private readonly List<BreakPlacement[][]> _patterns = [];
    private readonly List<WorkBlock[][]> _blocks = [];
    private readonly Dictionary<(int Shape, int Align), int> _bases = [];
    private readonly List<double> _profiles = [];
    private readonly List<ShiftVariant> _variants = [default];
    private readonly Dictionary<int, BreakPlacement[]> _pinnedBreaks = [];
    private readonly Dictionary<int, FixedWork> _pinnedWork = [];
    private readonly List<FixedWork> _outsideWork = [];
    private readonly int[][] _at;
    private readonly int _grid;
    private readonly int _interval;

    /// <param name="problem">The problem.</param>
    /// <param name="calendar">Its days.</param>
    /// <param name="takesAny">Whether shifts of any length may be added later.</param>
    public ShiftCatalog(RosterProblem problem, RosterCalendar calendar, bool takesAny = false)
    {
        (_templates, _activities) = ([.. problem.Templates], problem.Activities);
        _severity = [.. problem.Demand.Select(d => d.ExposureWeight)];
        _at = new int[_templates.Length][];
        StartCounts = new int[_templates.Length];
        (_interval, _grid) = (calendar.IntervalMinutes, Gcd(calendar.IntervalMinutes, 15));
        for (var t = 0; t < _templates.Length; t++)
        {
            _codes.Add(_templates[t].Code, t);
            Shape(t, (int)_templates[t].Length.TotalMinutes); // the shape of a template has its index
            StartCounts[t] = ShiftTimes.Starts(_templates[t]);
            _at[t] = new int[calendar.Rows * StartCounts[t]];
        }

        DayVariants = new int[calendar.Rows][];
        for (var row = calendar.Offset; row < calendar.End; row++)
        {
            AddDay(calendar, row);
        }

        FirstPinned = _variants.Count;
        Profiles = [.. _profiles];
        (Patterns, Blocks) = ([.. _patterns], [.. _blocks]);
        CanOverlap = takesAny || problem.Surroundings.Count + problem.Pinned.Count > 0 || _variants.Skip(1).Any(v => v.End > calendar.Midnight(v.Row + 1));
        LongestProfile = _variants.Max(v => v.ProfileLength);
    }

    /// <summary>Variants by id; 0 is no shift.</summary>
    public int Count => _variants.Count;

    /// <summary>Ids from here on are pinned shifts.</summary>
    public int FirstPinned { get; }

    public int TemplateCount => _templates.Length;

    /// <summary>Ways to place the breaks, per shape. The first shapes are the templates at their own length; others have the length of a night on which the
    /// clocks change.</summary>
    public BreakPlacement[][][] Patterns { get; }

    /// <summary>The stretches of work between the breaks of each of them.</summary>
    public WorkBlock[][][] Blocks { get; }

    /// <summary>Start times per template.</summary>
    public int[] StartCounts { get; }

    /// <summary>Ids of the variants of each row.</summary>
    public int[][] DayVariants { get; }

    /// <summary>Minutes of work per interval, one stretch per template, alignment and pattern.</summary>
    public double[] Profiles { get; }

    public int LongestProfile { get; }

    /// <summary>False when no shift of the period can reach the earliest start of the next day.</summary>
    public bool CanOverlap { get; }

    public ref readonly ShiftVariant this[int variant] => ref CollectionsMarshal.AsSpan(_variants)[variant];

    public string TemplateCode(int template) => _templates[template].Code;

    /// <summary>Index of a template, -1 when it is not in the problem.</summary>
    public int Find(string code) => _codes.GetValueOrDefault(code, -1);

    public int Template(string code, string owner) => _codes.TryGetValue(code, out var index) ? index
        : throw new SchedulingDataException($"{owner}: template '{code}' is not in the problem.");

    /// <summary>The variant of a template and start time on a row; 0 when the template does not start on that day.</summary>
    public int At(int template, int startIndex, int row) => _at[template][(row * StartCounts[template]) + startIndex];

    public ReadOnlySpan<BreakPlacement> Breaks(in DayCell cell)
    {
        if (cell.Variant <= 0) return [];
        return cell.Variant >= FirstPinned ? _pinnedBreaks[cell.Variant] : Patterns[this[cell.Variant].Shape][cell.Pattern];
    }

    /// <summary>The blocks of a shift of the catalog; none of any other.</summary>
    public ReadOnlySpan<WorkBlock> BlocksOf(in DayCell cell) =>
        cell.Variant <= 0 || cell.Variant >= FirstPinned ? [] : Blocks[this[cell.Variant].Shape][cell.Pattern];

    /// <summary>What is done on which group when.</summary>
    public WorkParts Parts(in DayCell cell) => Work(cell) is { } work ? new WorkParts(work) : new WorkParts(cell, BlocksOf(cell));

    /// <summary>The block of a shift of the catalog that a minute of the calendar lies in; -1 for a break or another time.</summary>
    public int BlockAt(in DayCell cell, int minute)
    {
        var blocks = BlocksOf(cell);
        for (var block = 0; block < blocks.Length; block++)
        {
            if (cell.Start + blocks[block].From <= minute && minute < cell.Start + blocks[block].To) return block;
        }

        return -1;
    }

    /// <summary>Minutes of a shift of the catalog on its other group.</summary>
    public int OtherMinutes(in DayCell cell)
    {
        var minutes = 0;
        var blocks = cell.Blocks == 0 ? [] : BlocksOf(cell);
        for (var block = 0; block < blocks.Length; block++)
        {
            if ((cell.Blocks >> block & 1) != 0) minutes += blocks[block].Minutes;
        }

        return minutes;
    }

    /// <summary>The minutes of work per interval of a shift of the catalog, apart by its two groups.</summary>
    /// <param name="cell">The shift.</param>
    /// <param name="main">Takes those on its group; as long as the profile of the shift.</param>
    /// <param name="other">Takes those on the other.</param>
    public void Split(in DayCell cell, Span<double> main, Span<double> other)
    {
        ref readonly var shift = ref this[cell.Variant];
        var align = shift.Start - (shift.FirstInterval * _interval);
        var blocks = Blocks[shift.Shape][cell.Pattern];
        other.Clear();
        for (var block = 0; block < blocks.Length; block++)
        {
            if ((cell.Blocks >> block & 1) != 0) AddMinutes(other, align + blocks[block].From, align + blocks[block].To, _interval, 1);
        }

        var profile = Profiles.AsSpan(shift.Profile + (cell.Pattern * shift.ProfileLength), shift.ProfileLength);
        for (var i = 0; i < profile.Length; i++)
        {
            main[i] = profile[i] - other[i];
        }
    }

    public bool IsSevere(int group, double? minimum) => minimum is null || (group >= 0 && _severity[group] >= minimum);

    /// <summary>What is known of the work of a day that is fixed; nothing for any other, of which variant, group and pattern say all.</summary>
    public FixedWork? Work(in DayCell cell) =>
        cell.Variant < 0 ? _outsideWork[-cell.Variant - 1] : cell.Variant >= FirstPinned ? _pinnedWork[cell.Variant] : null;

    /// <summary>The day of a pinned shift, with what is known of its work.</summary>
    public DayCell Pinned(in DayCell cell, FixedWork work)
    {
        _pinnedWork[cell.Variant] = work;
        return cell with { Exposure = work.Exposures.Sum(e => e.Exposure) };
    }

    /// <summary>A day outside the period, with what is known of its work.</summary>
    public DayCell Outside(in DayCell cell, FixedWork work)
    {
        _outsideWork.Add(work);
        return cell with { Variant = -_outsideWork.Count, Exposure = work.Exposures.Sum(e => e.Exposure) };
    }

    /// <summary>The unpaid breaks of a shift that is fixed: its breaks are those of its template, in their order; anything else is
    /// paid as its code says.</summary>
    /// <returns>From and to in minutes of the calendar; <see langword="null"/> when that is not the unpaid time it has.</returns>
    public (int From, int To)[]? Unpaid(string? template, IReadOnlyList<ShiftActivity> activities, Duration unpaid, RosterCalendar calendar)
    {
        if (unpaid == Duration.Zero) return [];
        var rules = template is null || Find(template) < 0 ? [] : _templates[Find(template)].Breaks.OrderBy(b => b.EarliestAfterStart).ToArray();
        var others = activities.Where(a => a.Kind != ActivityKinds.Work).ToArray();
        bool InOrder() => rules.Select(r => r.Kind).SequenceEqual(others.Select(a => a.Kind));
        bool IsPaid(string kind) =>
            Array.FindAll(rules, r => r.Kind == kind) is { Length: > 0 } own ? Array.TrueForAll(own, r => r.Paid) : _activities.IsPaid(kind);
        bool[] paid = InOrder() ? [.. rules.Select(r => r.Paid)] : [.. others.Select(a => IsPaid(a.Kind))];
        (int From, int To)[] found = [.. others.Where((_, i) => !paid[i]).Select(a => (calendar.Minute(a.Start), calendar.Minute(a.End)))];
        return found.Sum(f => f.To - f.From) == (int)unpaid.TotalMinutes ? found : null;
    }

    /// <summary>Adds a pinned shift; its id is the answer.</summary>
    public int AddPinned(RosterShift shift, RosterCalendar calendar)
    {
        var start = calendar.Minute(shift.Start);
        var template = _codes.GetValueOrDefault(shift.Template, -1);
        _variants.Add(new ShiftVariant(calendar.Row(shift.Date), (short)template, 0, start, calendar.Minute(shift.End),
            (short)shift.Paid.TotalMinutes, Clock(shift.Start, calendar)));
        _pinnedBreaks.Add(_variants.Count - 1, [.. shift.Activities.Where(a => a.Kind != ActivityKinds.Work).Select(a =>
            new BreakPlacement((short)(calendar.Minute(a.Start) - start), (short)(calendar.Minute(a.End) - calendar.Minute(a.Start)), RestName(a.Kind)))]);
        return _variants.Count - 1;
    }

    /// <summary>Forgets the pinned shifts added since there were so many: those of a proposal that has been looked at.</summary>
    /// <param name="count">What <see cref="Count"/> was.</param>
    public void Forget(int count)
    {
        for (var variant = count; variant < _variants.Count; variant++)
        {
            _pinnedBreaks.Remove(variant);
            _pinnedWork.Remove(variant);
        }

        _variants.RemoveRange(count, _variants.Count - count);
    }

    // Rules know rest by the standard names.
    private string RestName(string code) => _activities.Find(code)?.Kind switch
    {
        ActivityKind.Meal => ActivityKinds.Meal,
        ActivityKind.Break => ActivityKinds.Break,
        _ => code,
    };

    private void AddDay(RosterCalendar calendar, int row)
    {
        var date = calendar.Date(row);
        var first = _variants.Count;
        for (var t = 0; t < _templates.Length; t++)
        {
            var template = _templates[t];
            if (!template.Days.Contains(date.DayOfWeek)) continue;
            for (var k = 0; k < StartCounts[t]; k++)
            {
                var times = ShiftTimes.Of(template, k, date, calendar);
                var shape = Shape(t, times.Minutes);
                if (_patterns[shape].Length == 0) continue;
                var aligned = (int)Math.Floor((double)times.Start / calendar.IntervalMinutes);
                var profile = Profile(shape, times.Start - (aligned * calendar.IntervalMinutes), times.Minutes, calendar.IntervalMinutes);
                _at[t][(row * StartCounts[t]) + k] = _variants.Count;
                var work = ShiftTimes.Paid(template, times.Minutes);
                _variants.Add(new ShiftVariant(row, (short)t, (short)k, times.Start, times.End, (short)work, Clock(calendar.At(times.Start), calendar))
                {
                    Shape = shape,
                    FirstInterval = aligned,
                    Profile = profile.Start,
                    ProfileLength = profile.Length,
                });
            }
        }

        DayVariants[row] = [.. Enumerable.Range(first, _variants.Count - first)];
    }

    private int Shape(int template, int minutes)
    {
        if (_shapes.TryGetValue((template, minutes), out var shape)) return shape;
        _shapes.Add((template, minutes), shape = _patterns.Count);
        _patterns.Add(BreakPatterns.Of(_templates[template], minutes, _grid));
        _blocks.Add(Array.ConvertAll(_patterns[^1], p => WorkBlock.Of(p, minutes)));
        return shape;
    }

    private (int Start, int Length) Profile(int shape, int align, int minutes, int interval)
    {
        var length = ((((align + minutes + interval - 1) / interval) + 3) / 4) * 4;
        if (_bases.TryGetValue((shape, align), out var start)) return (start, length);
        start = _profiles.Count;
        _bases.Add((shape, align), start);
        foreach (var pattern in _patterns[shape])
        {
            var worked = new double[length];
            AddMinutes(worked, align, align + minutes, interval, 1);
            foreach (var pause in pattern)
            {
                AddMinutes(worked, align + pause.From, align + pause.From + pause.Length, interval, -1);
            }

            _profiles.AddRange(worked);
        }

        return (start, length);
    }

    /// <summary>Adds (or takes) the minutes of a stretch to the intervals it touches.</summary>
    public static void AddMinutes(Span<double> intervals, int from, int to, int interval, double factor)
    {
        for (var i = Math.Max(0, from / interval); i < intervals.Length && i * interval < to; i++)
        {
            intervals[i] += factor * Math.Max(0, Math.Min(to, (i + 1) * interval) - Math.Max(from, i * interval));
        }
    }

    private static short Clock(Instant instant, RosterCalendar calendar) =>
        (short)(instant.InZone(calendar.Zone).TimeOfDay.TickOfDay / NodaConstants.TicksPerMinute);

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
