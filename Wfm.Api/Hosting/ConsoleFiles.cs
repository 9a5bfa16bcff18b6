using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Wfm.Api.Hosting;

/// <summary>Where the built console lies.</summary>
/// <param name="Path">Holds <c>index.html</c> and <c>assets/</c>; a build without Node.js has no such folder, and then there is no console.</param>
internal sealed record ConsoleFolder(string Path);

/// <summary>Serves the console: its page for every path under <c>/console/</c> but those of its assets, for which routes it has is known to the page alone.
/// </summary>
internal static class ConsoleFiles
{
    public const string Root = "/console";

    private const string Page = "/index.html";
    private const string Forever = "public, max-age=31536000, immutable"; // the name of an asset holds a hash of what is in it

    public static void AddConsole(this IServiceCollection services) =>
        services.TryAddSingleton(new ConsoleFolder(Path.Combine(AppContext.BaseDirectory, "ui"))); // a test may have set another

    public static void UseConsole(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<ConsoleFolder>().Path;
        if (!File.Exists(folder + Page))
        {
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        var types = new FileExtensionContentTypeProvider();
        app.Use((context, next) => context.GetEndpoint() is null && IsRead(context.Request.Method) ? Serve(context, next, files, types) : next(context));
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static Task Serve(HttpContext context, RequestDelegate next, PhysicalFileProvider files, FileExtensionContentTypeProvider types)
    {
        var path = context.Request.Path;
        if (path == "/" || path == Root)
        {
            context.Response.Redirect($"{context.Request.PathBase}{Root}/{context.Request.QueryString}");
            return Task.CompletedTask;
        }

        if (!path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest))
        {
            return next(context);
        }

        var isAsset = rest.StartsWithSegments("/assets", StringComparison.Ordinal);
        return Send(context, files, types, isAsset ? rest.Value! : Page, isAsset ? Forever : "no-cache");
    }

    /// <summary>Sends a file, packed if there is a packed one and the client takes it.</summary>
    private static Task Send(HttpContext context, PhysicalFileProvider files, FileExtensionContentTypeProvider types, string name, string cache)
    {
        var (response, file) = (context.Response, files.GetFileInfo(name));
        if (!file.Exists || name.EndsWith(".br", StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status404NotFound; // never the page: a tab from before an upgrade asks for scripts that are gone
            return Task.CompletedTask;
        }

        response.ContentType = types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        response.Headers.CacheControl = cache;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (files.GetFileInfo($"{name}.br") is { Exists: true } packed && Takes(context.Request, "br"))
        {
            response.Headers.ContentEncoding = "br";
            file = packed;
        }

        response.ContentLength = file.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.SendFileAsync(file, context.RequestAborted);
    }

    private static bool Takes(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == encoding && e.Quality is not 0);
}
