using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

/// <summary>What a template must say so that a shift can be made of it.</summary>
internal static class ShiftTemplateRules
{
    private const int Grain = 5; // minutes; the finest interval there is
    private const int MaximumBreaks = 10; // Fit looks at every set of them
    private const int LongestOnTheWall = 23 * 60; // minutes: a night of an hour more still has 24
    private const int LongestBreak = 240;
    private const int LongestGap = 360;
    private const string Gap = ActivityKinds.Gap;
    private static readonly string[] BreakKinds = [ActivityKinds.Meal, ActivityKinds.Break, ActivityKinds.Wellness, Gap];

    /// <summary>Minutes of a shift on an ordinary day; 0 when neither length nor end is given.</summary>
    public static int Length(ShiftTemplateRequest request) =>
        request.LengthMinutes ?? (request is { EndsAt: { } end, EarliestStart: { } start } ? OnTheWall(start, end) : 0);

    private static int OnTheWall(LocalTime start, LocalTime end) =>
        (int)((end.TickOfDay - start.TickOfDay + NodaConstants.TicksPerDay - 1) % NodaConstants.TicksPerDay / NodaConstants.TicksPerMinute) + 1;

    public static void Check(ShiftTemplateRequest request, Findings findings)
    {
        findings.Require(
            request.EarliestStart <= request.LatestStart, "/latestStart", request.LatestStart,
            $"The start window is reversed: {request.LatestStart:HH:mm} is before {request.EarliestStart:HH:mm}. A window over midnight is two templates.");
        var length = Length(request);
        CheckLength(request, length, findings);
        findings.Require(
            request.StartStepMinutes % Grain == 0, "/startStepMinutes", request.StartStepMinutes,
            $"A multiple of {Grain} minutes is needed, {request.StartStepMinutes} is not.");
        ReferenceLists.CheckDistinct(findings, "/days", request.Days);
        var sound = request.Breaks.Count <= MaximumBreaks; // the annotation says so already
        for (var i = 0; i < request.Breaks.Count; i++)
        {
            sound &= CheckBreak(findings, $"/breaks/{i}", request.Breaks[i], length);
        }

        if (sound)
        {
            findings.Require(Fit(request.Breaks), "/breaks", null, "The breaks cannot be taken one after another within their windows.");
            var rest = request.Breaks.Sum(b => b.LengthMinutes);
            findings.Require(rest == 0 || rest < length, "/breaks", rest, $"{rest} minutes of breaks leave no work in a shift of {length}.");
        }
    }

    private static void CheckLength(ShiftTemplateRequest request, int length, Findings findings)
    {
        findings.Require(
            length > 0, "/lengthMinutes", request.LengthMinutes, "A length is needed: lengthMinutes, or endsAt to keep the end on the wall clock.");
        findings.Require(
            length % Grain == 0, request.LengthMinutes is null ? "/endsAt" : "/lengthMinutes", length,
            $"A multiple of {Grain} minutes is needed, {length} is not.");
        if (request is not { EndsAt: { } end, EarliestStart: { } start } || length == 0) return;
        var onTheWall = OnTheWall(start, end);
        findings.Require(
            onTheWall == length, "/endsAt", end,
            $"From {start:HH:mm} to {end:HH:mm} there are {onTheWall} minutes, lengthMinutes is {length}; leave one of the two out.");
        findings.Require(
            onTheWall is >= 60 and <= LongestOnTheWall, "/endsAt", end,
            $"A shift of 60 to {LongestOnTheWall} minutes is needed, from {start:HH:mm} to {end:HH:mm} there are {onTheWall}.");
    }

    /// <summary>True when there is an order in which every break starts in its window after the one before has ended.</summary>
    /// <remarks>Least end over every set of breaks: exact, where taking them by window start is not; 2ⁿ·n steps for n ≤ 10 breaks.</remarks>
    internal static bool Fit(IReadOnlyList<BreakWindow> breaks)
    {
        var end = new int[1 << breaks.Count];
        Array.Fill(end, int.MaxValue);
        end[0] = 0;
        for (var taken = 0; taken < end.Length; taken++)
        {
            for (var i = 0; i < breaks.Count && end[taken] != int.MaxValue; i++)
            {
                var start = Math.Max(end[taken], breaks[i].EarliestAfterMinutes);
                if ((taken & (1 << i)) == 0 && start <= breaks[i].LatestAfterMinutes)
                {
                    var with = taken | (1 << i);
                    end[with] = Math.Min(end[with], start + breaks[i].LengthMinutes);
                }
            }
        }

        return end[^1] != int.MaxValue;
    }

    private static bool CheckBreak(Findings findings, string field, BreakWindow window, int shift)
    {
        if (window is null)
        {
            findings.Add(field, null, "A break in the list is null.");
            return false;
        }

        var before = findings.All.Count;
        findings.Require(BreakKinds.Contains(window.Kind), $"{field}/kind", window.Kind, $"'{window.Kind}' is not one of {string.Join(", ", BreakKinds)}.");
        findings.Require(
            window.LengthMinutes > 0 && window.LengthMinutes % Grain == 0, $"{field}/lengthMinutes", window.LengthMinutes,
            $"A multiple of {Grain} minutes above 0 is needed, {window.LengthMinutes} is not.");
        var longest = window.Kind == Gap ? LongestGap : LongestBreak;
        findings.Require(
            window.LengthMinutes <= longest, $"{field}/lengthMinutes", window.LengthMinutes,
            $"A {window.Kind} of {longest} minutes at most is needed, {window.LengthMinutes} is not.");
        findings.Require(!window.Paid || window.Kind != Gap, $"{field}/paid", window.Paid, "The gap of a split shift is not working time and not paid.");
        findings.Require(
            window.EarliestAfterMinutes >= 0, $"{field}/earliestAfterMinutes", window.EarliestAfterMinutes, "A break cannot start before its shift.");
        findings.Require(
            window.LatestAfterMinutes >= window.EarliestAfterMinutes, $"{field}/latestAfterMinutes", window.LatestAfterMinutes,
            $"The window is reversed: {window.LatestAfterMinutes} is before {window.EarliestAfterMinutes}.");
        findings.Require(
            window.LatestAfterMinutes + (long)window.LengthMinutes <= shift, $"{field}/latestAfterMinutes", window.LatestAfterMinutes,
            $"A break of {window.LengthMinutes} minutes that starts after {window.LatestAfterMinutes} ends outside the shift of {shift}.");
        return findings.All.Count == before;
    }
}
