using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Tests.Limits;

/// <summary>Which user, address, caller or client sessions, password checks, changes and stored requests count against.</summary>
public sealed class PersonLimitTests
{
    private const Permission LoginClient = Permission.SessionRead | Permission.SessionWrite | Permission.SessionLink;
    private static readonly Caller s_frontend = new() { UserId = "login", InstancePermissions = LoginClient };
    private static readonly Caller s_person = new() { UserId = "person" };
    private static readonly Checks s_password = new() { Password = "x" };
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Six_hundred_logins_of_six_hundred_people_at_one_login_frontend_are_refused_by_no_limit()
    {
        using var limits = Limits(new LimitOptions());
        foreach (var address in new string?[] { null, "192.0.2.1" })
        {
            for (var person = 0; person < 600; person++)
            {
                var named = new Checks { User = new UserCheck { LoginName = $"person-{person}" } };
                limits.Create(From(), s_frontend, named, Agent(address ?? $"203.0.113.{person % 250}"));
                limits.Check(From(), s_frontend, Agent(address ?? $"203.0.113.{person % 250}"), $"{address}{person}");
                limits.Create(From(), s_frontend, named with { Password = "x" }, null);
            }
        }
    }

    [Fact]
    public void What_a_login_frontend_does_counts_against_the_address_it_passes()
    {
        using var limits = Limits(new LimitOptions { SessionsOfAddress = new Rate(2, 1), ChecksOfAddress = new Rate(2, 1) });
        Assert.Equal(2, Count(() => limits.Create(From(), s_frontend, Checks.None, Agent("203.0.113.1"))));
        Assert.Equal(2, Count(() => limits.Create(From(), s_frontend, Checks.None, Agent("2001:db8:1:2::1"))));
        Assert.Equal(0, Count(() => limits.Create(From(), s_frontend, Checks.None, Agent("2001:db8:1:2::2"))));
        Assert.Equal(2, Count(() => limits.Check(From(), s_frontend, Agent("203.0.113.1"), null)));
        Assert.Equal(10, Count(() => limits.Create(From(), s_frontend, Checks.None, null)));
        Assert.Equal(10, Count(() => limits.Check(From(), s_frontend, null, null)));
        Assert.Equal(10, Count(() => limits.Create(From(), s_frontend, new Checks { Totp = "1" }, Agent("203.0.113.1"))));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Count(() => limits.Check(From(), s_frontend, Agent("203.0.113.1"), null)));
    }

    [Fact]
    public void What_others_do_counts_against_where_they_call_from()
    {
        using var limits = Limits(new LimitOptions { ChecksOfAddress = new Rate(2, 1) });
        var service = new Caller { UserId = "service", InstancePermissions = Permission.SessionWrite };
        Assert.Equal(2, Count(() => limits.Create(From("198.51.100.1"), service, s_password, Agent($"{Random.Shared.Next()}"))));
        Assert.Equal(2, Count(() => limits.Create(From("198.51.100.2"), service, s_password, null)));
        Assert.Equal(10, Count(() => limits.Create(From("198.51.100.1"), service, Checks.None, Agent("203.0.113.1"))));
    }

    [Fact]
    [Asvs("6.3.1")]
    public void The_passwords_of_a_user_are_checked_so_often_whoever_asks()
    {
        using var limits = Limits(new LimitOptions { ChecksOfUser = new Rate(2, 1) });
        Assert.Equal(2, Count(() => limits.Check(From(), s_frontend, Agent($"203.0.113.{Random.Shared.Next(250)}"), "user")));
        Assert.Equal(
            2,
            Count(() => limits.Create(From(), s_frontend, s_password with { User = new UserCheck { LoginName = "name" } }, null))
        );
        Assert.Equal(
            2,
            Count(() => limits.Create(From(), s_frontend, s_password with { User = new UserCheck { UserId = "other" } }, null))
        );
    }

    [Fact]
    public void Only_people_without_a_role_may_change_just_so_much()
    {
        using var limits = Limits(new LimitOptions { ChangesOfCaller = new Rate(3, 1) });
        Assert.Equal(3, Count(() => limits.Change(s_person)));
        Assert.Equal(3, Count(() => limits.Change(s_person with { UserId = "another" })));
        Assert.Equal(10, Count(() => limits.Change(s_frontend)));
        Assert.Equal(
            10,
            Count(() => limits.Change(s_person with { OrganizationPermissions = [new OrganizationPermissions("1", Permission.UserWrite)] }))
        );
        using var none = Limits(new LimitOptions { Enabled = false, ChangesOfCaller = new Rate(3, 1) });
        Assert.Equal(10, Count(() => none.Change(s_person)));
    }

    [Fact]
    public void What_is_stored_for_strangers_is_bounded_by_source_and_by_client()
    {
        using var limits = Requests(
            new LimitOptions
            {
                BytesOfSource = new Rate(3000, 1000),
                BytesOfClient = new Rate(6000, 1000),
                RequestsOfClient = new Rate(8, 1),
            }
        );
        Assert.Equal(3, Count(() => limits.Store(From("203.0.113.1"), "a", 1000)));
        Assert.Equal(3, Count(() => limits.Store(From("203.0.113.2"), "a", 1000)));
        Assert.Equal(0, Count(() => limits.Store(From("203.0.113.3"), "a", 1000)));
        Assert.Equal(8, Count(() => limits.Store(From("203.0.113.4"), "b", 1)));

        // An authenticated client sends requests for many users.
        Assert.Equal(6, Count(() => limits.Store(From("203.0.113.1"), "c", 1000, isProved: true)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Count(() => limits.Store(From("203.0.113.1"), "d", 1000)));
    }

    [Fact]
    public void Who_guesses_the_secret_of_a_client_is_refused_and_the_client_is_not()
    {
        using var limits = Requests(new LimitOptions { SecretsOfClient = new Rate(3, 1) });
        void Guess(string source, string client)
        {
            limits.EnsureMayProve(From(source), client, $"{Guid.NewGuid():N}");
            limits.WrongSecret(From(source), client);
        }

        Assert.Equal(3, Count(() => Guess("203.0.113.1", "web")));
        Assert.Equal(0, Count(() => limits.EnsureMayProve(From("203.0.113.1"), "web", "right")));
        Assert.Equal(10, Count(() => limits.EnsureMayProve(From("203.0.113.2"), "web", "right")));
        Assert.Equal(3, Count(() => Guess("203.0.113.1", "other")));

        limits.Proved("right");
        Assert.Equal(10, Count(() => limits.EnsureMayProve(From("203.0.113.1"), "web", "right")));
        Assert.Equal(0, Count(() => Guess("203.0.113.1", "web")));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Count(() => Guess("203.0.113.1", "web")));
    }

    [Fact]
    public void Who_proves_to_be_a_login_frontend_is_exempt_where_it_calls_from_for_some_time()
    {
        using var limits = Requests(new LimitOptions { Visits = new Rate(2, 1) });
        limits.Succeeded(From("203.0.113.1"), "token", s_person);
        limits.Succeeded(From("203.0.113.2"), "token", s_frontend);
        Assert.Equal(2, Count(() => limits.Visit(From("203.0.113.1"))));
        Assert.Equal(10, Count(() => limits.Visit(From("203.0.113.2"))));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, Count(() => limits.Visit(From("203.0.113.2"))));
    }

    private SessionLimits Limits(LimitOptions options) => new(Options.Create(options), Source(), _clock);

    private RequestLimits Requests(LimitOptions options) =>
        new(Options.Create(options), Source(), _clock, NullLogger<RequestLimits>.Instance);

    private static RequestSource Source() => new(Options.Create(new PublicOriginOptions()));

    private static DefaultHttpContext From(string source = "198.51.100.9") =>
        new() { Connection = { RemoteIpAddress = IPAddress.Parse(source) } };

    private static UserAgent Agent(string ip) => new() { Ip = ip };

    /// <summary>How many of ten calls are not refused.</summary>
    private static int Count(Action action)
    {
        for (var times = 0; times < 10; times++)
        {
            try
            {
                action();
            }
            catch (SessionException exception)
            {
                Assert.Equal(SessionErrors.TooManyRequests, exception.Error);
                Assert.True(exception.RetryAfter > TimeSpan.Zero);
                return times;
            }
        }

        return 10;
    }
}
