using CsvHelper;

namespace Wfm.Api.Http;

/// <summary>Answers that are a CSV file.</summary>
internal static class CsvAnswer
{
    /// <summary>Begins the file; it goes out as it is written.</summary>
    /// <param name="name">Of the file, without its ending.</param>
    public static CsvWriter Begin(HttpResponse response, string name)
    {
        response.ContentType = $"{ImportRows.Csv}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        var options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, NewLine = "\n" }; // a text such as =1+1 must not run in a spreadsheet
        return CsvWriter.Create(response.Body, options, leaveOpen: true);
    }

    /// <summary>Says of an endpoint that it answers so.</summary>
    public static void Describe(EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ImportRows.Csv]));
}
