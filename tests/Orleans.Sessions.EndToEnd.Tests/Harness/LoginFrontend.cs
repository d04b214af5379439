using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A login frontend on an origin of its own, like ZITADEL's. The service sends browsers to its <c>/login</c> with the request's id. It asks
/// for name and password, checks them in a session and completes the request with that session. It knows the service only by HTTP.
/// </summary>
public sealed class LoginFrontend : IAsyncDisposable
{
    private readonly HttpClient _service;
    private readonly WebApplication _application;

    private LoginFrontend(HttpClient service, WebApplication application, string address) =>
        (_service, _application, LoginUri) = (service, application, $"{address}/login");

    /// <summary>The page that clients and service providers are registered with.</summary>
    public string LoginUri { get; }

    /// <summary>The session of the latest login.</summary>
    public OpenSession? Session { get; private set; }

    /// <summary>Starts a frontend that calls the service as this caller, a login client.</summary>
    public static async Task<LoginFrontend> StartAsync(Api loginClient)
    {
        var address = $"http://localhost:{Ports.Next()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var service = new HttpClient
        {
            BaseAddress = loginClient.Host.Address,
            DefaultRequestHeaders = { { "Authorization", $"Bearer {loginClient.Token}" } },
        };
        var frontend = new LoginFrontend(service, application, address);
        application.MapGet("/login", (Delegate)frontend.AskAsync);
        application.MapPost("/login", (Delegate)frontend.LogInAsync);
        await application.StartAsync();
        return frontend;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _service.Dispose();
    }

    private async Task<IResult> AskAsync(HttpContext http)
    {
        using var request = await _service.GetAsync(RequestOf(http));
        return request.IsSuccessStatusCode
            ? Page(
                $"""<form method="post"><input name="loginName"><input name="password" type="password"><button>Sign in</button></form>"""
            )
            : Page($"<p>{WebUtility.HtmlEncode(await request.Content.ReadAsStringAsync())}</p>");
    }

    private async Task<IResult> LogInAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var opened = await PostAsync(
            "/v2/sessions",
            new
            {
                checks = new
                {
                    user = new { loginName = form["loginName"].ToString() },
                    password = new { password = form["password"].ToString() },
                },
            }
        );
        Session = new OpenSession(opened["sessionId"]!.GetValue<string>(), opened["sessionToken"]!.GetValue<string>(), 0);
        var answer = await PostAsync(RequestOf(http), new { session = new { sessionId = Session.Id, sessionToken = Session.Token } });
        return Results.Redirect(answer["callbackUrl"]!.GetValue<string>());
    }

    private static string RequestOf(HttpContext http) => $"/v2/oidc/auth_requests/{http.Request.Query["authRequest"]}";

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await _service.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    private static IResult Page(string content) =>
        Results.Content($"<!DOCTYPE html><title>Login</title><body>{content}</body>", "text/html");
}
