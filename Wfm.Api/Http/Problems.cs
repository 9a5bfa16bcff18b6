using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Wfm.Api.Json;
using Wfm.Api.Persistence;

namespace Wfm.Api.Http;

/// <summary>An answer that is not a success, thrown by a handler: status, what was wrong with the values, and the fields.</summary>
public sealed class ProblemException(int status, string detail, IDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>Field (JSON pointer or parameter name) to what is wrong with it.</summary>
    public IDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>More members of the answer, by name.</summary>
    public IReadOnlyDictionary<string, object> More { get; private init; } = new Dictionary<string, object>();

    /// <summary>The same with one more member.</summary>
    public ProblemException With(string member, object value) =>
        new(Status, Message, Errors) { More = new Dictionary<string, object>(More) { [member] = value } };

    public static ProblemException NotFound(string what, string code) => new(StatusCodes.Status404NotFound, $"There is no {what} '{code}'.");

    public static ProblemException Semantic(string field, string reason) =>
        new(StatusCodes.Status422UnprocessableEntity, reason, new Dictionary<string, string[]> { [field] = [reason] });

    public static ProblemException Forbidden(string hub) => new(StatusCodes.Status403Forbidden, $"This key may not touch hub '{hub}'.");

    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);
}

/// <summary>Writes a problem that no other writer would, because Accept names only what it is not: an error that says nothing helps nobody.</summary>
internal sealed class AnyAcceptProblemWriter(IServiceProvider services) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context) =>
        services.GetServices<IProblemDetailsWriter>().First(w => w is not AnyAcceptProblemWriter).WriteAsync(context);
}

/// <summary>Turns every exception into problem+json; a bug answers 500 with a trace id and no message, a store that is away 503.</summary>
internal sealed partial class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string RetryAfterSeconds = "10";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // the caller has gone
        }

        var (status, detail, errors) = WithAnnotations(Describe(exception, httpContext), httpContext);
        httpContext.Response.StatusCode = status;
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        foreach (var (member, value) in (exception as ProblemException)?.More ?? new Dictionary<string, object>())
        {
            problem.Extensions[member] = value;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    /// <summary>True for what the caller did wrong: answered, not logged as a failure of ours.</summary>
    internal static bool IsCallers(Exception exception, HttpContext http) => Describe(exception, http).Status < StatusCodes.Status500InternalServerError;

    /// <summary>What an exception is answered with.</summary>
    internal static int StatusOf(Exception exception, HttpContext http) => Describe(exception, http).Status;

    internal static void Complete(ProblemDetailsContext context)
    {
        var (problem, http) = (context.ProblemDetails, context.HttpContext);
        problem.Instance = http.Request.Path;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (
            problem is HttpValidationProblemDetails validation
            && !HttpMethods.IsGet(http.Request.Method)
            && validation.Errors.Keys.Any(k => !k.StartsWith('/')))
        {
            validation.Errors = validation.Errors.ToDictionary(e => JsonProblems.Pointer(e.Key), e => e.Value);
        }

        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status401Unauthorized => "Send a valid API key in X-Api-Key, or as Authorization: Bearer.",
            StatusCodes.Status403Forbidden => "The role of this key does not allow this operation.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status413PayloadTooLarge => TooLarge(http),
            StatusCodes.Status415UnsupportedMediaType => $"Content-Type '{http.Request.ContentType}' cannot be read here.",
            _ => null,
        };
    }

    private static (int Status, string? Detail, IDictionary<string, string[]>? Errors) Describe(Exception exception, HttpContext http) => exception switch
    {
        ProblemException problem => (problem.Status, problem.Message, problem.Errors),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => FromBinding(bad, http),
        Forecasting.ForecastDataException data => (StatusCodes.Status422UnprocessableEntity, data.Message, null),
        Scheduling.SchedulingDataException data => (StatusCodes.Status422UnprocessableEntity, data.Message, null),
        _ when IsUnpackable(exception) => (
            StatusCodes.Status400BadRequest, "The body is not what its Content-Encoding says, or not all of it.", null),
        InvalidOperationException when HasUnknownCharset(http.Request) => (
            StatusCodes.Status415UnsupportedMediaType, $"The charset of Content-Type '{http.Request.ContentType}' is unknown; send UTF-8.", null),
        DbUpdateConcurrencyException => (StatusCodes.Status412PreconditionFailed, "Somebody changed it meanwhile; read it again and repeat the change.", null),
        _ when StoreConflicts.IsUnstorableText(exception) => (StatusCodes.Status400BadRequest, "A text holds the character NUL, which cannot be stored.", null),
        _ when StoreConflicts.Describe(exception) is { } conflict => (StatusCodes.Status409Conflict, conflict, null),
        _ when StoreFailures.IsOutage(exception) =>
            (StatusCodes.Status503ServiceUnavailable, "The store does not answer, or cannot be written, at the moment; send it again in a while.", null),
        _ => (StatusCodes.Status500InternalServerError, "Something broke on our side; quote the traceId.", null),
    };

    /// <summary>True when a compressed body was broken; the frameworks throw as many types as there are compressions.</summary>
    private static bool IsUnpackable(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException
        && exception.Source?.StartsWith("System.IO.Compression", StringComparison.Ordinal) == true;

    private static bool HasUnknownCharset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null;

    /// <summary>What annotations refused is told beside what a handler refuses at its first look.</summary>
    private static (int, string?, IDictionary<string, string[]>?) WithAnnotations(
        (int Status, string? Detail, IDictionary<string, string[]>? Errors) problem, HttpContext http)
    {
        if (
            problem is not { Status: StatusCodes.Status422UnprocessableEntity, Errors: { } errors }
            || http.RequestServices.GetRequiredService<Findings>() is not { IsMalformed: true } findings)
        {
            return problem;
        }

        foreach (var (field, reasons) in errors)
        {
            findings.Add(field, null, reasons[0]);
        }

        var all = findings.ToProblem();
        return (all.Status, all.Message, all.Errors);
    }

    private static (int, string?, IDictionary<string, string[]>?) FromJson(JsonException json)
    {
        var (detail, errors) = JsonProblems.Describe(json);
        return (StatusCodes.Status400BadRequest, detail, errors);
    }

    /// <summary>A query or path value of the wrong type, a missing body, a body too large.</summary>
    private static (int, string?, IDictionary<string, string[]>?) FromBinding(BadHttpRequestException bad, HttpContext http)
    {
        if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (bad.StatusCode, TooLarge(http), null);
        }

        if (Unbindable().Match(bad.Message) is { Success: true } match)
        {
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
            var expected = http.Features.Get<IExceptionHandlerFeature>()
                ?.Endpoint?.Metadata.GetMetadata<MethodInfo>()
                ?.GetParameters()
                .FirstOrDefault(p => p.Name == name)
                ?.ParameterType;
            var reason = $"{name} must be {Expected(expected)}, '{value}' is not.";
            return (StatusCodes.Status400BadRequest, reason, new Dictionary<string, string[]> { [name] = [reason] });
        }

        if (Missing().Match(bad.Message) is { Success: true } missing)
        {
            var name = missing.Groups["name"].Value;
            return missing.Groups["source"].Value.Contains("body", StringComparison.Ordinal)
                ? (StatusCodes.Status400BadRequest, "The body is missing.", null)
                : (StatusCodes.Status400BadRequest, $"{name} is missing.", new Dictionary<string, string[]> { [name] = [$"{name} is required."] });
        }

        return (bad.StatusCode, bad.Message, null);
    }

    private static string Expected(Type? type)
    {
        type = type is null ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type;
        type = type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(QueryEnum<>) ? type.GenericTypeArguments[0] : type;
        return type.IsEnum ? $"one of {string.Join(", ", EnumNames.Of(type))}"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number"
            : type == typeof(bool) ? "true or false"
            : type == typeof(QueryInstant) ? $"an instant such as 2026-11-02T00:00:00Z, {Bounds.OfDates}"
            : type == typeof(QueryDate) ? $"a date such as 2026-11-02, {Bounds.OfDates}"
            : type == typeof(QueryTime) ? "a time of day such as 09:00"
            : type == typeof(Guid) ? "an id such as 019ac2f4-7d31-7c3e-9d0b-0f5ab1c2d3e4"
            : "a value that can be read";
    }

    private static string TooLarge(HttpContext http)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        return limit is null ? "The body is too large." : $"The body is too large: at most {limit} bytes are read here.";
    }

    [GeneratedRegex("""Failed to bind parameter ".*? (?<name>\S+)" from "(?<value>.*)"\.""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unbindable();

    [GeneratedRegex("""Required parameter ".*? (?<name>\S+)" was not provided from (?<source>.*)\.""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();
}
