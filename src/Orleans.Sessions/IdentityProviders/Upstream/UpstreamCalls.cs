using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>
/// The calls to the endpoints of a provider. They fail with <see cref="UpstreamException"/> unless the provider answers 2xx.
/// </summary>
internal sealed class UpstreamCalls(HttpClient http)
{
    private const string Token = "token";

    // Some providers, GitHub among them, refuse callers without a name.
    private static readonly ProductInfoHeaderValue s_name = new("Orleans.Sessions", null);

    /// <summary>The answer of the token endpoint: JSON, if the provider is right.</summary>
    public Task<string> ExchangeAsync(string url, ProviderClient client, CodeExchange exchange) =>
        SubmitAsync(url, client, exchange.Form(), Token);

    /// <summary>The answer to a form of this service: JSON, if the provider is right.</summary>
    /// <param name="url">The address.</param>
    /// <param name="client">How this service authenticates.</param>
    /// <param name="form">The form.</param>
    /// <param name="endpoint">The name of the endpoint in the log.</param>
    public async Task<string> SubmitAsync(string url, ProviderClient client, Dictionary<string, string> form, string endpoint)
    {
        using var first = await PostAsync(url, client, form, client.Place != SecretPlace.Form);
        if (client is not { Place: SecretPlace.Either, Secret.Length: > 0 } || first.StatusCode != HttpStatusCode.Unauthorized)
        {
            return await ReadAsync(first, endpoint);
        }

        // A provider that does not know the client has not used up the code (RFC 6749 §5.2).
        using var second = await PostAsync(url, client, form, isInHeader: false);
        return await ReadAsync(second, endpoint);
    }

    /// <summary>What an endpoint answers to an access token.</summary>
    /// <param name="url">The address.</param>
    /// <param name="accessToken">The token.</param>
    /// <param name="endpoint">The name of the endpoint in the log.</param>
    public async Task<string> GetAsync(string url, string accessToken, string endpoint)
    {
        using var response = await FetchAsync(url, accessToken);
        return await ReadAsync(response, endpoint);
    }

    /// <summary>As <see cref="GetAsync"/>; <c>null</c> if the token is not good for it, or if there is no such endpoint.</summary>
    public async Task<string?> FindAsync(string url, string accessToken, string endpoint)
    {
        using var response = await FetchAsync(url, accessToken);
        return response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound ? null : await ReadAsync(response, endpoint);
    }

    private async Task<HttpResponseMessage> FetchAsync(string url, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await SendAsync(request);
    }

    private async Task<HttpResponseMessage> PostAsync(string url, ProviderClient client, Dictionary<string, string> form, bool isInHeader)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        var fields = new Dictionary<string, string>(form);
        if (client.Secret.Length > 0 && isInHeader)
        {
            // RFC 6749 §2.3.1: both are form-encoded first.
            var credentials = $"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(client.Secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
            );
        }
        else
        {
            fields["client_id"] = client.ClientId;
            if (client.Secret.Length > 0)
            {
                fields["client_secret"] = client.Secret;
            }
        }

        request.Content = new FormUrlEncodedContent(fields);
        return await SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.Add(s_name);
        return await http.SendAsync(request);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, string endpoint) =>
        response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync()
            : throw new UpstreamException(
                $"the {endpoint} endpoint answered {(int)response.StatusCode}",
                error: endpoint == Token && (int)response.StatusCode is >= 400 and < 500 ? SessionErrors.ProviderRefusedCode : null
            );
}
