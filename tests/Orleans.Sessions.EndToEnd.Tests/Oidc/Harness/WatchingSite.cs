using System.Net;
using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>
/// The pages of an application that asks in the browser whether the person is still signed in (OpenID Connect Session Management 1.0 §3).
/// It answers to every host name.
/// </summary>
public sealed class WatchingSite : IAsyncDisposable
{
    /// <summary>Shows the page of the service in a frame, asks it, and returns its answer.</summary>
    private const string Ask = """
        ([address, question]) => new Promise(done => {
          const frame = document.createElement('iframe');
          addEventListener('message', event => {
            if (event.source === frame.contentWindow && event.origin === new URL(address).origin) {
              done(event.data);
            }
          });
          setTimeout(() => done('no answer'), 60000);
          frame.onload = () => frame.contentWindow.postMessage(question, new URL(address).origin);
          frame.src = address;
          document.body.append(frame);
        })
        """;

    private readonly WebApplication _site;
    private readonly int _port = Ports.Next();

    private WatchingSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _site = builder.Build();
        _site.Run(http =>
        {
            http.Response.ContentType = MediaTypeNames.Text.Html;
            return http.Response.WriteAsync("<!DOCTYPE html><html lang=\"en\"><title>Shop</title><body></body></html>");
        });
    }

    public static async Task<WatchingSite> StartAsync()
    {
        var site = new WatchingSite();
        await site._site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    /// <summary>The address of a page, under a host name.</summary>
    public string At(string host, string path = "/") => $"http://{host}:{_port}{path}";

    /// <summary>What the service's page says to a question of the page that the browser shows.</summary>
    public static Task<string> AskAsync(IPage page, string frame, string question) =>
        page.EvaluateAsync<string>(Ask, new[] { frame, question });

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
