using System.Net;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A person's browser at <see cref="OidcProviderProcess"/>. It keeps cookies, follows redirects one by one, and fills in the login page.
/// Each instance is a new person who has not logged in yet.
/// </summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
    );

    /// <summary>Logs in at the provider. Returns the URL to which the provider sends the browser back.</summary>
    public Task<Uri> LogInAsync(string authUrl, string subject) => AnswerAsync(authUrl, "login", new() { ["sub"] = subject });

    /// <summary>Refuses to log in. Returns the URL to which the provider sends the browser back.</summary>
    public Task<Uri> RefuseAsync(string authUrl, string error, string description) =>
        AnswerAsync(authUrl, "abort", new() { ["error"] = error, ["error_description"] = description });

    /// <summary>Begins a login that is bound to this browser. Returns the provider's URL, to which the service sends it.</summary>
    public async Task<string> BeginAsync(string startUrl) => (await FollowAsync(new Uri(startUrl), HttpMethod.Get, null)).AbsoluteUri;

    /// <summary>Goes back to the service. Returns where the service sends the browser.</summary>
    public async Task<Landing> ArriveAsync(Uri callback)
    {
        using var response = await _client.GetAsync(callback, TestContext.Current.CancellationToken);
        return await Landing.OfAsync(response);
    }

    /// <summary>Goes back to the service with a form, as for <c>response_mode=form_post</c>.</summary>
    public async Task<Landing> ArriveByFormAsync(Uri callback)
    {
        using var form = new FormUrlEncodedContent(Landing.Parameters(callback));
        using var response = await _client.PostAsync(
            new Uri(callback.GetLeftPart(UriPartial.Path)),
            form,
            TestContext.Current.CancellationToken
        );
        return await Landing.OfAsync(response);
    }

    public void Dispose() => _client.Dispose();

    private async Task<Uri> AnswerAsync(string authUrl, string action, Dictionary<string, string> fields)
    {
        var page = await FollowAsync(new Uri(authUrl), HttpMethod.Get, null);
        var resume = await FollowAsync(new Uri($"{page}/{action}"), HttpMethod.Post, fields);
        return await FollowAsync(resume, HttpMethod.Get, null);
    }

    private async Task<Uri> FollowAsync(Uri address, HttpMethod method, Dictionary<string, string>? fields)
    {
        using var content = fields is null ? null : new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(method, address) { Content = content };
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.Headers.Location is not null, $"{method} {address} was answered {(int)response.StatusCode}: {body}");
        return new Uri(address, response.Headers.Location);
    }
}

/// <summary>The service's answer to the callback.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Url">Where the browser is sent; <c>null</c> if it is not sent on.</param>
/// <param name="Body">The body.</param>
public sealed record Landing(int Status, Uri? Url, string Body)
{
    /// <summary>A parameter of the URL; <c>null</c> if it is absent.</summary>
    public string? this[string name] => Parameters(Url!).GetValueOrDefault(name);

    /// <summary>The parameters of a URL's query.</summary>
    public static Dictionary<string, string> Parameters(Uri url) =>
        url
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    public static async Task<Landing> OfAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            response.Headers.Location,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

    /// <summary>Fails the test unless the browser is sent to this page.</summary>
    public Landing Expect(string page)
    {
        Assert.True(Status == 302 && Url?.GetLeftPart(UriPartial.Path) == page, $"expected to land at {page}, got {Status} {Url} {Body}");
        return this;
    }
}
