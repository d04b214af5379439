using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;
using Orleans.Sessions.IdentityProviders.Upstream;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// Reads the discovery document of a provider when it is registered, so that a wrong issuer is refused at once and not at the first login.
/// A provider that cannot be reached, or that has a fault at the moment, is registered all the same: it may be there tomorrow.
/// </summary>
internal sealed partial class IssuerCheck(EgressHttp egress, IOptions<IntentOptions> options, ILogger<IssuerCheck> log)
{
    private const int MaxName = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = UpstreamHttp.Create(egress);

    /// <summary>Fails with <c>COMMAND-idpIn</c>, which says what was found, unless the document at the issuer names the issuer.</summary>
    public async Task EnsureAsync(string issuer)
    {
        if (options.Value.CheckIssuers && await FaultAsync(issuer) is { } found)
        {
            throw new SessionException(SessionErrors.ProviderIssuerUnconfirmed) { Fault = new FieldFault("issuer", found) };
        }
    }

    /// <summary>What is wrong; <c>null</c> if nothing is, or if nobody can say.</summary>
    private async Task<string?> FaultAsync(string issuer)
    {
        var address = $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
        try
        {
            using var end = new CancellationTokenSource(s_patience);
            using var response = await _http.GetAsync(new Uri(address), end.Token);
            var status = (int)response.StatusCode;
            if (status is 408 or 429 or >= 500)
            {
                Unchecked(log, address, $"it answers {status}");
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                return $"{address} answers {status}";
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(end.Token));
            var named = NameIn(document.RootElement);
            return named.TrimEnd('/') == issuer.TrimEnd('/') ? null
                : IsAddress(named) ? $"{address} names the issuer {named}"
                : $"{address} names another issuer";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second one is a text that is no Unicode.
            return $"{address} has no discovery document";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Unchecked(log, address, exception.Message);
            return null;
        }
    }

    private static string NameIn(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("issuer", out var name)
        && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : "";

    /// <summary>Whether an error may repeat the text: it is an address without secrets.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= MaxName
        && text.All(character => character is > ' ' and <= '~')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri.UserInfo.Length == 0
        && uri.Query.Length == 0;

    [LoggerMessage(LogLevel.Warning, "A provider is registered whose issuer could not be checked at {Address}: {Reason}")]
    private static partial void Unchecked(ILogger log, string address, string reason);
}
