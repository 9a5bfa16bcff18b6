using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime.Text;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>The weeks of a plan as CSV, the columns of the JSON in snake case.</summary>
internal sealed class CapacityPlanCsv(IReadOnlyList<CapacityWeekRow> weeks) : IResult, IEndpointMetadataProvider
{
    private static readonly (string Name, Func<CapacityWeekRow, double?> Value)[] Figures =
    [
        ("required_fte", w => w.RequiredFte),
        ("required_fte_p10", w => w.RequiredFteP10),
        ("required_fte_p50", w => w.RequiredFteP50),
        ("required_fte_p90", w => w.RequiredFteP90),
        ("available_fte", w => w.AvailableFte),
        ("regular_fte", w => w.RegularFte),
        ("regular_fte_p10", w => w.RegularFteP10),
        ("regular_fte_p50", w => w.RegularFteP50),
        ("regular_fte_p90", w => w.RegularFteP90),
        ("gap", w => w.Gap),
        ("gap_p90", w => w.GapP90),
        ("gap_probability", w => w.GapProbability),
        ("gap_probability_with_hires", w => w.GapProbabilityWithHires),
        ("trained", w => w.Trained),
        ("trainees", w => w.Trainees),
        ("hired", w => w.Hired),
        ("graduates", w => w.Graduates),
        ("attrition", w => w.Attrition),
        ("transferred_in", w => w.TransferredIn),
        ("transferred_out", w => w.TransferredOut),
        ("ramp_loss", w => w.RampLoss),
        ("leave", w => w.Leave),
        ("overtime_fte", w => w.OvertimeFte),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var csv = CsvAnswer.Begin(httpContext.Response, "capacity-plan");
        csv.WriteHeader([.. Figures.Select(f => f.Name).Prepend("week")]);
        foreach (var week in weeks)
        {
            csv.WriteField(LocalDatePattern.Iso.Format(week.Week));
            foreach (var (_, value) in Figures)
            {
                csv.WriteField(value(week));
            }

            await csv.EndRecordAsync(httpContext.RequestAborted);
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => CsvAnswer.Describe(builder);
}
