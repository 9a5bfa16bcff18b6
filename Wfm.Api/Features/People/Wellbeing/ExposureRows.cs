using System.Globalization;
using Wfm.Api.Http;
using Wfm.Api.Json;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>Exposure as rows of files.</summary>
internal static class ExposureRows
{
    public const string Example = "agent,queue,start,end,minutes,source\ndub-001,child-safety,2026-10-05T09:00,2026-10-05T09:30,22.5,routed\n";

    public static readonly CsvShape<ExposureRequest> Csv = new(["agent", "queue", "start"], ["end", "minutes", "source"], Read);

    private static ExposureRequest? Read(Func<string, string?> text, Findings findings)
    {
        var row = new ExposureRequest
        {
            Agent = text("agent") ?? "",
            Queue = text("queue") ?? "",
            Start = text("start") ?? "",
            End = Filled(text("end")),
            Minutes = Minutes(Filled(text("minutes")), findings),
            Source = Source(Filled(text("source")), findings),
        };
        return findings.Any ? null : row;
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static double? Minutes(string? text, Findings findings)
    {
        if (text is null) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)) return minutes;
        findings.Add("/minutes", text, $"Minutes such as 22.5 are needed, '{text}' is not.");
        return null;
    }

    private static ExposureSource Source(string? text, Findings findings)
    {
        if (text is null) return ExposureSource.Routed;
        if (EnumNames.Of(typeof(ExposureSource)).Contains(text)) return Enum.Parse<ExposureSource>(text, ignoreCase: true);
        findings.Add("/source", text, $"The source is {string.Join(" or ", EnumNames.Of(typeof(ExposureSource)))}, not '{text}'.");
        return default;
    }
}
