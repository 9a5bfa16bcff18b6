using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using NodaTime.Text;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Features.Volumes.Query;

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
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"capacity-plan.csv\"";
        await using var csv = CsvWriter.Create(response.Body, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
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

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [VolumeCsv.ContentType]));

    /// <summary>Two formats of one answer: the description of the JSON gets lost beside that of the CSV.</summary>
    internal sealed class OpenApi : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (
                operation.OperationId == "GetCapacityPlanWeeks"
                && operation.Responses is { } responses
                && responses["200"] is OpenApiResponse { Content: { } content })
            {
                content["application/json"] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(IReadOnlyList<CapacityWeekRow>), context.SchemaRepository),
                };
            }
        }
    }
}
