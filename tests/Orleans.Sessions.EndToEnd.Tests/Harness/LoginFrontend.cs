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
/// for name and password, checks them in a session and completes the request with that session. A request that forbids pages gets the
/// session of the latest login, as long as it lives. The frontend knows the service only by HTTP.
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
        var text = await request.Content.ReadAsStringAsync();
        if (!request.IsSuccessStatusCode)
        {
            return Page($"<p>{WebUtility.HtmlEncode(text)}</p>");
        }

        var forbidsPages =
            JsonNode.Parse(text)!["authRequest"]!["prompt"] is JsonArray prompts
            && prompts.Any(prompt => prompt!.GetValue<string>() == "PROMPT_NONE");
        return forbidsPages
            ? Results.Redirect(await AnswerWithoutPageAsync(http))
            : Page(
                $"""<form method="post"><input name="loginName"><input name="password" type="password"><button>Sign in</button></form>"""
            );
    }

    private async Task<string> AnswerWithoutPageAsync(HttpContext http)
    {
        if (Session is { } session)
        {
            using var known = await _service.PostAsJsonAsync(RequestOf(http), CompletedBy(session));
            if (known.IsSuccessStatusCode)
            {
                return CallbackUrl(JsonNode.Parse(await known.Content.ReadAsStringAsync())!);
            }
        }

        return CallbackUrl(await PostAsync(RequestOf(http), new { error = new { error = "ERROR_REASON_LOGIN_REQUIRED" } }));
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
        return Results.Redirect(CallbackUrl(await PostAsync(RequestOf(http), CompletedBy(Session))));
    }

    private static object CompletedBy(OpenSession session) =>
        new { session = new { sessionId = session.Id, sessionToken = session.Token } };

    private static string CallbackUrl(JsonNode answer) => answer["callbackUrl"]!.GetValue<string>();

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
