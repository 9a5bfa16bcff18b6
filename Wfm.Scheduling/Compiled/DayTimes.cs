namespace Wfm.Scheduling.Compiled;

/// <summary>Start and end of a shift after the midnight of its day as one number, the action of rules on rest; 0 is a day off.</summary>
internal static class DayTimes
{
    private const int Longest = 1 << 13; // minutes: a shift of 24 hours that starts late ends within three days

    public static int Of(RosterCalendar calendar, int row, in DayCell cell) =>
        cell.IsWorking ? ((cell.Start - calendar.Midnight(row) + 1) * Longest) + cell.End - calendar.Midnight(row) : 0;

    public static int Start(int action) => (action / Longest) - 1;

    public static int End(int action) => action % Longest;
}
