using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Orleans.Sessions.Testing;

/// <summary>
/// A provider of OAuth 2.0 that answers as a test wants, rightly or wrongly, by default with GitHub's JSON. It has no login page: any code
/// that comes back belongs to the same person.
/// </summary>
public sealed class OAuthStub : IAsyncDisposable
{
    public const string ClientId = "client";
    public const string ClientSecret = "very secret";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OAuthStub()
    {
        Address = $"http://127.0.0.1:{Ports.Next()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The address below which the endpoints are.</summary>
    public string Address { get; }

    /// <summary>Where the browser logs in.</summary>
    public string Authorization => $"{Address}/authorize";

    /// <summary>Where codes are exchanged.</summary>
    public string Token => $"{Address}/token";

    /// <summary>What tells who the person is.</summary>
    public string User => $"{Address}/user";

    /// <summary>The answers by path: status and body.</summary>
    public ConcurrentDictionary<string, (int Status, string Body)> Answers { get; } =
        new()
        {
            ["/token"] = (200, """{"access_token":"gho_access","token_type":"bearer","scope":"read:user,user:email"}"""),
            ["/user"] = (
                200,
                """{"login":"octocat","id":583231,"name":"Mona Lisa Octocat","email":null,"type":"User","site_admin":false}"""
            ),
            ["/user/emails"] = (
                200,
                """
                [{"email":"other@example.com","verified":true,"primary":false,"visibility":null},
                {"email":"octocat@example.com","verified":true,"primary":true,"visibility":"private"}]
                """
            ),
        };

    /// <summary>Whether the token endpoint takes the client secret in the form only.</summary>
    public bool WantsSecretInForm { get; set; }

    /// <summary>Answers in place of an endpoint. Returns whether it did.</summary>
    public Func<string, HttpListenerResponse, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The requests: path, header <c>Authorization</c> and body.</summary>
    public ConcurrentQueue<(string Path, string? Authorization, string Body)> Asked { get; } = new();

    /// <summary>Sets the answer of an endpoint.</summary>
    public void Answer(string path, string body, int status = 200) => Answers[path] = (status, body);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The listener is closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var (header, body) = (context.Request.Headers["Authorization"], await reader.ReadToEndAsync());
            Asked.Enqueue((path, header, body));
            if (!await Instead(path, context.Response))
            {
                var (status, answer) =
                    context.Request.UserAgent is null ? (403, "Request forbidden by administrative rules.")
                    : path == "/token" && WantsSecretInForm && header is not null ? (401, """{"error":"invalid_client"}""")
                    : Answers.GetValueOrDefault(path, (404, """{"message":"Not Found"}"""));
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The client has closed the connection.
        }
    }
}
