using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>Days and weekly windows as CSV cells hold them: <c>mon</c>, <c>mon-fri</c>, <c>mon-fri 08:00-18:00</c>.</summary>
internal static class WeeklyText
{
    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary>The days of a name or a range; null when it is neither.</summary>
    public static IReadOnlyList<IsoDayOfWeek>? Days(string text)
    {
        var ends = Array.ConvertAll(text.Split('-'), name => Array.IndexOf(Names, name));
        return ends.Length <= 2 && !ends.Contains(-1) && ends[0] <= ends[^1]
            ? [.. Enumerable.Range(ends[0] + 1, ends[^1] - ends[0] + 1).Select(day => (IsoDayOfWeek)day)]
            : null;
    }

    /// <summary>A window for each of the days; null when the text is none.</summary>
    public static IReadOnlyList<OpeningWindow>? Windows(string text) =>
        text.Split(' ') is [var days, var times] && times.Split('-') is [var from, var to]
            && Time.Parse(from) is { Success: true } start && Time.Parse(to) is { Success: true } end && Days(days) is { } range
            ? [.. range.Select(day => new OpeningWindow(day, start.Value, end.Value))]
            : null;
}
