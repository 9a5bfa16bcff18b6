using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Wfm.Api.Hosting;

/// <summary>An answer that is not a success, thrown by a handler: status, what was wrong with the values, and the fields.</summary>
public sealed class ProblemException(int status, string detail, IDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>Field (JSON pointer or parameter name) to what is wrong with it.</summary>
    public IDictionary<string, string[]>? Errors { get; } = errors;

    public static ProblemException NotFound(string what, string code) => new(StatusCodes.Status404NotFound, $"There is no {what} '{code}'.");

    public static ProblemException Semantic(string field, string reason) =>
        new(StatusCodes.Status422UnprocessableEntity, reason, new Dictionary<string, string[]> { [field] = [reason] });

    public static ProblemException Forbidden(string hub) => new(StatusCodes.Status403Forbidden, $"This key may not touch hub '{hub}'.");

    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);
}

/// <summary>Turns every exception into problem+json; a bug answers 500 with a trace id and no message.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // the caller has gone
        }

        var (status, detail, errors) = Describe(exception);
        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    internal static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Instance = context.HttpContext.Request.Path;
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
    }

    private static (int Status, string? Detail, IDictionary<string, string[]>? Errors) Describe(Exception exception) => exception switch
    {
        ProblemException problem => (problem.Status, problem.Message, problem.Errors),
        BadHttpRequestException { InnerException: JsonException json } => (StatusCodes.Status400BadRequest, json.Message, FieldOf(json)),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message, null),
        Forecasting.ForecastDataException data => (StatusCodes.Status422UnprocessableEntity, data.Message, null),
        Scheduling.SchedulingDataException data => (StatusCodes.Status422UnprocessableEntity, data.Message, null),
        DbUpdateConcurrencyException => (StatusCodes.Status412PreconditionFailed, "Somebody changed it meanwhile; read it again and repeat the change.", null),
        _ => (StatusCodes.Status500InternalServerError, "Something broke on our side; quote the traceId.", null),
    };

    private static Dictionary<string, string[]>? FieldOf(JsonException json) =>
        json.Path is { Length: > 0 } path ? new Dictionary<string, string[]> { [path] = [json.Message] } : null;
}
