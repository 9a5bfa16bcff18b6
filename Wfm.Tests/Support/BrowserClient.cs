namespace Wfm.Tests.Support;

/// <summary>A client that does as a browser: keeps cookies, says where a request comes from, holds no key.</summary>
internal static class BrowserClient
{
    /// <param name="from">What a browser says of the page that sends a request; null for one that says nothing.</param>
    public static HttpClient Browser(this WfmServer server, string? from = "same-origin")
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };
        if (from is not null)
        {
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", from);
        }

        return client;
    }
}
