using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>A caller of the second address of a service, with a TLS client certificate or without.</summary>
public sealed class SecureCaller : IDisposable
{
    private readonly MutualTlsHost _host;
    private readonly HttpClient _http;

    public SecureCaller(MutualTlsHost host, X509Certificate2? certificate = null)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsService };
        if (certificate is not null)
        {
            tls.ClientCertificates = new X509CertificateCollection { certificate };
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        _host = host;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = tls });
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for tokens, or posts another form.</summary>
    public async Task<Reply> PostFormAsync(string path, params (string Name, string? Value)[] form)
    {
        using var content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))
        );
        return await SendAsync(HttpMethod.Post, path, authorization: null, content);
    }

    /// <summary>Reads something with a bearer token.</summary>
    public Task<Reply> GetAsync(string path, string token, string scheme = "Bearer") =>
        SendAsync(HttpMethod.Get, path, new AuthenticationHeaderValue(scheme, token), content: null);

    private static bool IsService(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.Subject == MutualTlsHost.Subject;

    private async Task<Reply> SendAsync(HttpMethod method, string path, AuthenticationHeaderValue? authorization, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(_host.SecureAddress, path)) { Content = content };
        request.Headers.Authorization = authorization;
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, $"{method} {path}", _host.Api.Host);
    }
}
