using System.Globalization;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Numbers in cells of a feed.</summary>
internal static class FeedText
{
    /// <summary>A whole number; null for an empty cell, or with a finding.</summary>
    public static int? Whole(string? text, string field, Findings findings)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        findings.Add(field, text, $"A whole number is needed, '{text}' is not.", FindingCodes.Unreadable);
        return null;
    }

    /// <summary>The same of a cell that must not be empty; 0 with a finding.</summary>
    public static int Required(string? text, string field, Findings findings)
    {
        findings.Require(!string.IsNullOrEmpty(text), field, null, "A whole number is needed, the cell is empty.", FindingCodes.Malformed);
        return Whole(text, field, findings) ?? 0;
    }

    /// <summary>A number with a point; null for an empty cell, or with a finding.</summary>
    public static double? Number(string? text, string field, Findings findings)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        findings.Add(field, text, $"A number such as 22.5 is needed, '{text}' is not.", FindingCodes.Unreadable);
        return null;
    }
}
