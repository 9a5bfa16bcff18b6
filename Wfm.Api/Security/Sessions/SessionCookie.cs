using Wfm.Api.Http;

namespace Wfm.Api.Security.Sessions;

/// <summary>The cookie of a session, and which pages may send it along with a change.</summary>
internal static class SessionCookie
{
    /// <summary>Over plain HTTP; over HTTPS a name that browsers keep from other hosts and from plain HTTP.</summary>
    public const string Name = "wfm-session";

    private const string Fetched = "Sec-Fetch-Site";
    private const string OwnPage = "same-origin";
    private const string NoPage = "none"; // typed, or clicked outside of a page

    /// <summary>What the request holds; null for nothing.</summary>
    public static string? In(HttpRequest request) => request.Cookies[NameOn(request)] is { Length: > 0 } secret ? secret : null;

    public static void Set(HttpContext http, string secret, DateTimeOffset ends) =>
        http.Response.Cookies.Append(NameOn(http.Request), secret, Options(http.Request, ends));

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameOn(http.Request), Options(http.Request, null));

    /// <summary>403 for a change that a page of another origin may have sent: browsers say where a request comes from, and no page can say otherwise.</summary>
    public static void DemandOwnPage(HttpRequest request)
    {
        var from = request.Headers[Fetched].ToString();
        if (from != OwnPage && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method))
        {
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                $"A change by the cookie of a session needs the header {Fetched}: {OwnPage}, which browsers send from our own pages; this request has "
                    + (from.Length == 0 ? "none. Browsers send it over HTTPS and to localhost only; other programs sign in with an API key in X-Api-Key."
                        : $"'{from}'."));
        }
    }

    /// <summary>403 for a page of another origin that would sign its visitor in as somebody else.</summary>
    public static void RefuseOtherPages(HttpRequest request)
    {
        if (request.Headers[Fetched].ToString() is { Length: > 0 } from and not (OwnPage or NoPage))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"Only our own pages sign in; {Fetched} is '{from}'.");
        }
    }

    private static string NameOn(HttpRequest request) => request.IsHttps ? $"__Host-{Name}" : Name;

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? ends) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        Expires = ends,
        IsEssential = true,
    };
}
