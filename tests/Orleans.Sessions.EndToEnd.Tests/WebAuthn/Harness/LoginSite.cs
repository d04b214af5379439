using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.EndToEnd.WebAuthn.Harness;

/// <summary>
/// A small login frontend: one page, and a back end that forwards the page's requests to the service as <see cref="Caller"/>. It answers to
/// every host name, over http and https.
/// </summary>
public sealed class LoginSite : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly HttpClient _service = new();
    private readonly WebApplication _site;
    private readonly int _port = Ports.Next();
    private readonly int _securePort = Ports.Next();

    private LoginSite(Api caller)
    {
        Caller = caller;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, _port);
                kestrel.Listen(IPAddress.Loopback, _securePort, listener => listener.UseHttps(_certificate));
            });
        _site = builder.Build();
        _site.MapGet("/", () => Results.Content(LoginPage.Html, MediaTypeNames.Text.Html));
        _site.Map("/service/{**path}", PassOnAsync);
    }

    /// <summary>The caller that the back end uses at the service.</summary>
    public Api Caller { get; set; }

    public static async Task<LoginSite> StartAsync(Api caller)
    {
        var site = new LoginSite(caller);
        await site._site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    /// <summary>The page's URL over http, under a host name.</summary>
    public string At(string host) => $"http://{host}:{_port}/";

    /// <summary>The page's URL over https, under a host name.</summary>
    public string SecurelyAt(string host) => $"https://{host}:{_securePort}/";

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _service.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=login.example.test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task PassOnAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Caller.Host.Address, path))
        {
            Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Caller.Token}");
        using var response = await _service.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await context.Response.WriteAsync(await response.Content.ReadAsStringAsync(context.RequestAborted), context.RequestAborted);
    }
}
