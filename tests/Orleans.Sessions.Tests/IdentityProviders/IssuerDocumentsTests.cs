using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Sessions.Issuers;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>The cached documents of an issuer while the issuer cannot be reached.</summary>
public sealed class IssuerDocumentsTests
{
    private const string Issuer = "https://issuer.example.com";

    private readonly FakeTimeProvider _clock = new();
    private readonly IssuerDocuments _documents;
    private Func<Task<OpenIdConnectConfiguration>> _answer = () => Task.FromResult(new OpenIdConnectConfiguration());
    private int _reads;

    public IssuerDocumentsTests() =>
        _documents = new IssuerDocuments(
            _ =>
            {
                _reads++;
                return _answer();
            },
            _clock
        );

    [Fact]
    [Asvs("16.5.2")]
    public async Task While_the_issuer_is_down_its_last_documents_are_given_at_once()
    {
        var known = await _documents.GetAsync(Issuer);
        _clock.Advance(TimeSpan.FromHours(13));
        _answer = Down;

        for (var caller = 0; caller < 10; caller++)
        {
            Assert.Same(known, await _documents.GetAsync(Issuer));
        }

        Assert.Equal(2, _reads);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Same(known, await _documents.GetAsync(Issuer));
        Assert.Equal(3, _reads);
    }

    [Fact]
    public async Task Callers_who_wait_for_an_issuer_that_fails_fail_with_the_one_attempt()
    {
        var attempt = new TaskCompletionSource<OpenIdConnectConfiguration>();
        _answer = () => attempt.Task;
        var waiting = Enumerable.Range(0, 10).Select(_ => _documents.GetAsync(Issuer)).ToList();
        _clock.Advance(TimeSpan.FromSeconds(5));

        attempt.SetException(new HttpRequestException("down"));

        foreach (var caller in waiting)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => caller);
        }

        Assert.Equal(1, _reads);
        _answer = () => Task.FromResult(new OpenIdConnectConfiguration());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _documents.GetAsync(Issuer));
    }

    [Fact]
    public async Task Callers_with_a_new_key_wait_for_one_attempt_only()
    {
        await _documents.GetAsync(Issuer);
        var attempt = new TaskCompletionSource<OpenIdConnectConfiguration>();
        _answer = () => attempt.Task;
        var waiting = Enumerable.Range(0, 10).Select(_ => _documents.GetAsync(Issuer, "new key")).ToList();
        _clock.Advance(TimeSpan.FromSeconds(5));

        attempt.SetException(new HttpRequestException("down"));

        foreach (var caller in waiting)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => caller);
        }

        Assert.Equal(2, _reads);
        Assert.NotNull(await _documents.GetAsync(Issuer));
    }

    [Fact]
    public async Task Callers_with_unknown_keys_share_the_answer_of_a_slow_issuer()
    {
        await _documents.GetAsync(Issuer);
        var attempt = new TaskCompletionSource<OpenIdConnectConfiguration>();
        _answer = () => attempt.Task;
        var waiting = Enumerable.Range(0, 10).Select(number => _documents.GetAsync(Issuer, $"key {number}")).ToList();
        _clock.Advance(TimeSpan.FromSeconds(5));

        attempt.SetResult(new OpenIdConnectConfiguration());
        await Task.WhenAll(waiting);

        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task New_issuers_again_and_again_push_out_the_one_that_nobody_asked_about_for_longest()
    {
        const string Forgotten = "https://forgotten.example.com";
        await _documents.GetAsync(Forgotten);
        for (var number = 0; number < IssuerDocuments.MaxIssuers; number++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await _documents.GetAsync(Issuer);
            await _documents.GetAsync($"https://issuer-{number}.example.com");
        }

        var before = _reads;
        await _documents.GetAsync(Issuer);
        Assert.Equal(before, _reads);
        await _documents.GetAsync(Forgotten);
        Assert.Equal(before + 1, _reads);
    }

    private static Task<OpenIdConnectConfiguration> Down() =>
        Task.FromException<OpenIdConnectConfiguration>(new HttpRequestException("down"));
}
