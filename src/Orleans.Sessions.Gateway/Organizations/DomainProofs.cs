using System.Net;
using DnsClient;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;

namespace Orleans.Sessions.Gateway.Organizations;

/// <summary>
/// Looks for the token that proves a domain: in a TXT record, or in a file on the domain's web server. Whoever may add a domain makes this
/// service send the two requests. So their names are fixed but for the domain, a web server must be on the public internet and have TLS
/// (<see cref="EgressHttp"/>), redirects are not followed, and answers are short and quick. Nothing of an answer is told to the caller but
/// whether it has the token.
/// </summary>
internal sealed partial class DomainProofs : IDisposable
{
    private const int MaxFile = 1024;
    private const int DnsPort = 53;
    private const int MaxAtOnce = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly Lazy<ILookupClient> _dns;
    private readonly ILogger<DomainProofs> _log;
    private readonly SemaphoreSlim _turns = new(MaxAtOnce);

    public DomainProofs(EgressHttp egress, IOptions<DomainProofOptions> options, ILogger<DomainProofs> log)
        : this(egress.Create(s_patience, MaxFile), options.Value, log) { }

    /// <summary>For tests, which have no web server with a certificate that anybody trusts.</summary>
    internal DomainProofs(HttpClient http, DomainProofOptions options, ILogger<DomainProofs> log)
    {
        _http = http;
        _dns = new(() => new LookupClient(Lookups(options)));
        _log = log;
    }

    /// <summary>Where the token must be: the name of the TXT record, or the address of the file.</summary>
    public static string PlaceOf(DomainChallenge challenge) =>
        challenge.Validation == DomainValidation.Dns
            ? $"_zitadel-challenge.{challenge.Domain}"
            : $"https://{challenge.Domain}/.well-known/zitadel-challenge/{challenge.Token}.txt";

    /// <summary>Whether the token is in its place. A lookup that fails counts as not found.</summary>
    public async Task<bool> IsFoundAsync(DomainChallenge challenge, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(s_patience);
        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(wait.Token);
            hasTurn = true;
            return challenge.Validation == DomainValidation.Dns
                ? await IsInRecordAsync(challenge, wait.Token)
                : await IsInFileAsync(challenge, wait.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotReached(_log, challenge.Domain, exception);
            return false;
        }
        finally
        {
            if (hasTurn)
            {
                _turns.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _turns.Dispose();
    }

    private static LookupClientOptions Lookups(DomainProofOptions options)
    {
        var servers = options
            .NameServers.Select(IPEndPoint.Parse)
            .Select(server => new IPEndPoint(server.Address, server.Port == 0 ? DnsPort : server.Port))
            .ToArray();
        var lookups = servers.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(servers);
        lookups.AutoResolveNameServers = servers.Length == 0;
        lookups.Retries = 1;
        lookups.Timeout = s_patience / 3;

        // An administrator who has just changed a record wants the present one, not a cached one.
        lookups.UseCache = false;
        return lookups;
    }

    private async Task<bool> IsInRecordAsync(DomainChallenge challenge, CancellationToken cancellationToken)
    {
        // The final dot keeps the resolver from trying the domain of this machine.
        var answer = await _dns.Value.QueryAsync($"{PlaceOf(challenge)}.", QueryType.TXT, cancellationToken: cancellationToken);
        return answer.Answers.TxtRecords().Any(record => string.Concat(record.Text) == challenge.Token);
    }

    private async Task<bool> IsInFileAsync(DomainChallenge challenge, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(PlaceOf(challenge)), cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            && (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim() == challenge.Token;
    }

    [LoggerMessage(LogLevel.Warning, "The proof of the domain {Domain} could not be looked up")]
    private static partial void NotReached(ILogger log, string domain, Exception exception);
}
