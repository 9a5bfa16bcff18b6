using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using NodaTime;
using NodaTime.Text;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Json;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.OpenApi;

/// <summary>The OpenAPI document and its UI, open to everyone.</summary>
internal static class OpenApiDocumentSetup
{
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Wfm",
                Version = "v1",
                Description = "Workforce management: ticket volumes in; forecasts with uncertainty, staffing requirements and legal rosters out. "
                    + "Instants are ISO 8601 with Z, intervals are half-open, errors are application/problem+json.",
            });
            options.AddServer(new OpenApiServer { Url = "/", Description = "The server this document came from." });
            options.IncludeXmlComments(typeof(OpenApiDocumentSetup).Assembly, includeControllerXmlComments: false);
            options.IncludeXmlComments(typeof(Forecasting.ForecastEngine).Assembly, includeControllerXmlComments: false); // back-tests are answered as they are
            options.IncludeXmlComments(typeof(Scheduling.Staffing.ErlangC).Assembly, includeControllerXmlComments: false); // and so are its enums
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.UseAllOfToExtendReferenceSchemas(); // a reference keeps the words of its property
            options.MapType<LocalTime>(() => Text("time-local", "07:30:00"));
            options.MapType<IsoDayOfWeek>(() => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. EnumNames.Of(typeof(IsoDayOfWeek)).Select(n => (JsonNode)JsonValue.Create(n)!)],
            });
            options.AddSecurityDefinition(ApiKeyAuthentication.SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.Header,
                Description = "The key printed at the first start, or one made with POST /api/v1/api-keys.",
            });
            options.AddSecurityDefinition(SessionAuthentication.SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description = "The cookie that POST /api/v1/session sets; over HTTPS its name begins with __Host-. "
                    + "Changes by it are taken from our own pages only.",
            });
            foreach (var scheme in new[] { ApiKeyAuthentication.SchemeName, SessionAuthentication.SchemeName }) // either is enough
            {
                options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] });
            }

            options.OperationFilter<JsonBesideCsv>();
            options.OperationFilter<OpenApiOperations>();
            options.OperationFilter<OpenApiExamples.Filter>();
            options.SchemaFilter<OpenApiSchemas>();
            options.DocumentFilter<OpenApiTags>();
        });
        services.AddOptions<SwaggerGenOptions>().Configure<IClock>((options, clock) =>
        {
            options.MapType<Instant>(() => Text("date-time", OpenApiExamples.Midnight(clock.Today())));
            options.MapType<LocalDate>(() => Text("date", LocalDatePattern.Iso.Format(clock.Today())));
            options.MapType<LocalDateTime>(() => Text("date-time-local", $"{LocalDatePattern.Iso.Format(clock.Today())}T08:30:00"));
        });
    }

    public static void UseOpenApiDocument(this WebApplication app)
    {
        app.UseMiddleware<DocumentCache>();
        app.UseSwagger();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("/swagger/v1/swagger.json", "Wfm v1");
            options.DocumentTitle = "Wfm API";
            options.EnablePersistAuthorization();
        });
    }

    private static OpenApiSchema Text(string format, string example) =>
        new() { Type = JsonSchemaType.String, Format = format, Examples = [JsonValue.Create(example)!] };
}
