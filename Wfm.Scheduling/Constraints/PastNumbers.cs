using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Constraints;

/// <summary>What rules have to know of an agent's days before a row, as numbers: two pasts with equal numbers can be continued alike.</summary>
internal sealed class PastNumbers
{
    private readonly List<Func<DayCell[], int, int>> _numbers = [];
    private readonly List<(int Reach, Action<DayCell[], int, List<int>> Write)> _days = [];
    private readonly List<int> _key = [];

    /// <summary>A number that sums up the days before a row.</summary>
    public void Add(Func<DayCell[], int, int> number) => _numbers.Add(number);

    /// <summary>Numbers of each of the last days before a row.</summary>
    /// <param name="reach">How many days.</param>
    /// <param name="write">Adds the numbers of a day.</param>
    public void AddDays(int reach, Action<DayCell[], int, List<int>> write) => _days.Add((reach, write));

    /// <summary>All numbers before a row as a key.</summary>
    public string Key(DayCell[] days, int row)
    {
        _key.Clear();
        foreach (var number in _numbers)
        {
            _key.Add(number(days, row));
        }

        foreach (var (reach, write) in _days)
        {
            for (var past = Math.Max(0, row - reach); past < row; past++)
            {
                write(days, past, _key);
            }
        }

        return new string(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(_key)));
    }

    /// <summary>When the last shift before a row ended.</summary>
    public static int LastEnd(DayCell[] days, int row)
    {
        for (var past = row - 1; past >= 0; past--)
        {
            if (days[past].IsWorking) return days[past].End;
        }

        return int.MinValue / 2;
    }

    /// <summary>Days alike in a row up to a row, negative for those that do not count.</summary>
    public static int Run(DayCell[] days, int row, Func<int, DayCell, bool> counts)
    {
        if (row == 0) return 0;
        var kind = counts(row - 1, days[row - 1]);
        var past = row - 1;
        while (past > 0 && counts(past - 1, days[past - 1]) == kind)
        {
            past--;
        }

        return kind ? row - past : past - row;
    }
}
