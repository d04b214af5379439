using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Passwords.Guessable;
using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Passwords.Guessable;

/// <summary>Queries a real service on this machine.</summary>
public sealed class BreachedPasswordsTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Query, string? Padding)> _requests = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WebApplication _service;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private string _address = "";

    public BreachedPasswordsTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _service = builder.Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapGet("/range/{prefix}", context =>
        {
            _requests.Enqueue((context.Request.Path, $"{context.Request.QueryString}", context.Request.Headers["Add-Padding"]));
            return _answer(context);
        });
    }

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync();
        _address = $"{_service.Urls.Single()}/range/";
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _metrics.DisposeAsync();
    }

    [Fact]
    [Asvs("6.2.12")]
    public async Task A_known_password_is_refused_and_only_the_beginning_of_its_hash_is_told()
    {
        _answer = context => context.Response.WriteAsync($"0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n{Suffix("Correct-Horse-7")}:3\r\n");
        using var breached = NewBreached();
        await FailsAsync(SessionErrors.PasswordBreached, () => breached.EnsureUnknownAsync("Correct-Horse-7"));
        Assert.Equal(($"/range/{Hash("Correct-Horse-7")[..5]}", "", "true"), Assert.Single(_requests));
    }

    [Fact]
    public async Task Another_password_is_taken_and_padding_is_nobodys()
    {
        _answer = context => context.Response.WriteAsync($"0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n{Suffix("Correct-Horse-7")}:0");
        using var breached = NewBreached();
        await breached.EnsureUnknownAsync("Correct-Horse-7");
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_service_is_configured()
    {
        _answer = context => context.Response.WriteAsync($"{Suffix("Correct-Horse-7")}:3");
        using var breached = NewBreached(new BreachedPasswordOptions());
        await breached.EnsureUnknownAsync("Correct-Horse-7");
        Assert.Empty(_requests);
    }

    [Theory]
    [Asvs("16.3.4", "16.5.2")]
    [InlineData("error")]
    [InlineData("nonsense")]
    [InlineData("silence")]
    [InlineData("redirect")]
    public async Task While_the_service_fails_passwords_are_taken_with_a_warning_and_it_is_left_alone_for_a_while(string failure)
    {
        _answer = Failing(failure);
        using var breached = NewBreached();
        using var lookups = new MeterListener();
        var outcomes = new ConcurrentQueue<object?>();
        lookups.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "sessions.passwords.breach_lookups")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        lookups.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Enqueue(tags[0].Value));
        using var measured = NewBreached();
        lookups.Start();

        await breached.EnsureUnknownAsync("Correct-Horse-7");
        await breached.EnsureUnknownAsync("Another-Horse-8");
        Assert.Single(_requests);
        Assert.Single(_warnings);
        Assert.DoesNotContain(Hash("Correct-Horse-7")[..5], _warnings.Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("unanswered", outcomes);

        _clock.Advance(TimeSpan.FromSeconds(11));
        _answer = context => context.Response.WriteAsync($"{Suffix("Correct-Horse-7")}:3");
        await FailsAsync(SessionErrors.PasswordBreached, () => breached.EnsureUnknownAsync("Correct-Horse-7"));
    }

    [Fact]
    public async Task Passwords_can_be_refused_while_the_service_fails()
    {
        _answer = Failing("error");
        using var breached = NewBreached(new BreachedPasswordOptions { Url = _address, RefuseUnchecked = true });
        Assert.NotNull(
            (await FailsAsync(SessionErrors.PasswordUnchecked, () => breached.EnsureUnknownAsync("Correct-Horse-7"))).RetryAfter
        );
        await FailsAsync(SessionErrors.PasswordUnchecked, () => breached.EnsureUnknownAsync("Correct-Horse-7"));
    }

    [Fact]
    public async Task The_same_question_is_not_asked_again_within_an_hour()
    {
        _answer = context => context.Response.WriteAsync($"{Suffix("Correct-Horse-7")}:3");
        using var breached = NewBreached();
        for (var i = 0; i < 3; i++)
        {
            await FailsAsync(SessionErrors.PasswordBreached, () => breached.EnsureUnknownAsync("Correct-Horse-7"));
        }

        Assert.Single(_requests);
        _clock.Advance(TimeSpan.FromHours(1));
        await FailsAsync(SessionErrors.PasswordBreached, () => breached.EnsureUnknownAsync("Correct-Horse-7"));
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public async Task It_is_called_by_the_rules_for_calls_to_others()
    {
        _answer = context => context.Response.WriteAsync($"{Suffix("Correct-Horse-7")}:3");
        using var breached = NewBreached(egress: [("Origin:Public", "https://login.example.com")]);
        await breached.EnsureUnknownAsync("Correct-Horse-7");
        Assert.Empty(_requests);

        using var chosen = NewBreached(egress: [("Origin:Public", "https://login.example.com"), ("BreachedPasswords:Url", _address)]);
        await FailsAsync(SessionErrors.PasswordBreached, () => chosen.EnsureUnknownAsync("Correct-Horse-7"));
    }

    private static Func<HttpContext, Task> Failing(string how) =>
        how switch
        {
            "error" => context =>
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            },
            "nonsense" => context => context.Response.WriteAsync("<html>"),
            "redirect" => context =>
            {
                context.Response.Redirect("/elsewhere");
                return Task.CompletedTask;
            },
            _ => context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
        };

#pragma warning disable CA5350 // The interface is made of SHA-1.
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    private static string Suffix(string password) => Hash(password)[5..];

    private BreachedPasswords NewBreached(BreachedPasswordOptions? options = null, (string Key, string Value)[]? egress = null) =>
        new(
            Options.Create(options ?? new BreachedPasswordOptions { Url = _address }),
            TestEgress.Http(egress ?? []),
            _clock,
            new SessionMeter(_metrics.GetRequiredService<IMeterFactory>()),
            new Log(_warnings)
        );

    private sealed class Log(ConcurrentQueue<string> warnings) : ILogger<BreachedPasswords>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => warnings.Enqueue(formatter(state, exception));
    }
}
