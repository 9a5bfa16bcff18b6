using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

/// <summary>What a template must say so that a shift can be made of it.</summary>
internal static class ShiftTemplateRules
{
    private const int Grain = 5; // minutes; the finest interval there is
    private const int MaximumBreaks = 10; // Fit looks at every set of them
    private static readonly string[] BreakKinds = ["meal", "break", "wellness"];

    public static void Check(ShiftTemplateRequest request, Findings findings)
    {
        findings.Require(
            request.EarliestStart <= request.LatestStart, "/latestStart", request.LatestStart,
            $"The start window is reversed: {request.LatestStart:HH:mm} is before {request.EarliestStart:HH:mm}. A window over midnight is two templates.");
        findings.Require(request.LengthMinutes % Grain == 0, "/lengthMinutes", request.LengthMinutes, $"A multiple of {Grain} minutes is needed, {request.LengthMinutes} is not.");
        findings.Require(request.StartStepMinutes % Grain == 0, "/startStepMinutes", request.StartStepMinutes, $"A multiple of {Grain} minutes is needed, {request.StartStepMinutes} is not.");
        ReferenceLists.CheckDistinct(findings, "/days", request.Days);
        var sound = request.Breaks.Count <= MaximumBreaks; // the annotation says so already
        for (var i = 0; i < request.Breaks.Count; i++)
        {
            sound &= CheckBreak(findings, $"/breaks/{i}", request.Breaks[i], request.LengthMinutes);
        }

        if (sound)
        {
            findings.Require(Fit(request.Breaks), "/breaks", null, "The breaks cannot be taken one after another within their windows.");
            var rest = request.Breaks.Sum(b => b.LengthMinutes);
            findings.Require(rest < request.LengthMinutes, "/breaks", rest, $"{rest} minutes of breaks leave no work in a shift of {request.LengthMinutes}.");
        }
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
        findings.Require(window.EarliestAfterMinutes >= 0, $"{field}/earliestAfterMinutes", window.EarliestAfterMinutes, "A break cannot start before its shift.");
        findings.Require(
            window.LatestAfterMinutes >= window.EarliestAfterMinutes, $"{field}/latestAfterMinutes", window.LatestAfterMinutes,
            $"The window is reversed: {window.LatestAfterMinutes} is before {window.EarliestAfterMinutes}.");
        findings.Require(
            window.LatestAfterMinutes + (long)window.LengthMinutes <= shift, $"{field}/latestAfterMinutes", window.LatestAfterMinutes,
            $"A break of {window.LengthMinutes} minutes that starts after {window.LatestAfterMinutes} ends outside the shift of {shift}.");
        return findings.All.Count == before;
    }
}
