using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A proxy that terminates TLS before the service. The browser finds it as <c>id.test</c>.</summary>
public sealed class SecureFront : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication _site;

    private SecureFront(Uri service)
    {
        var port = Ports.Next();
        Host = $"id.test:{port}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listener => listener.UseHttps(_certificate)));
        _site = builder.Build();
        _site.Run(http => PassOnAsync(http, service));
    }

    /// <summary>Its host and port, as browsers know them.</summary>
    public string Host { get; }

    public static async Task<SecureFront> StartAsync(Uri service)
    {
        var front = new SecureFront(service);
        await front._site.StartAsync(TestContext.Current.CancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _client.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=id.test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task PassOnAsync(HttpContext http, Uri service)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(service, http.Request.Path + http.Request.QueryString)
        );
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!);
        }

        request.Headers.TryAddWithoutValidation("Cookie", http.Request.Headers.Cookie.ToString());
        request.Headers.Add("x-forwarded-proto", "https");
        request.Headers.Add("x-forwarded-host", http.Request.Host.Value);
        using var response = await _client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var name in new[] { "Location", "Set-Cookie" }.Where(response.Headers.Contains))
        {
            http.Response.Headers[name] = response.Headers.GetValues(name).ToArray();
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
