using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Sessions.Gateway.Tests.Logins;

/// <summary>The account of a login page is made with its role and token, or not at all.</summary>
public sealed class LoginClientTests
{
    [Theory]
    [InlineData(nameof(IUserGrain.CreateAsync))]
    [InlineData(nameof(IUserGrain.AddAdministratorAsync))]
    [InlineData(nameof(IUserGrain.AddPersonalAccessTokenAsync))]
    public async Task A_step_that_fails_leaves_no_account(string failing)
    {
        var made = new ConcurrentQueue<string>();
        await using var server = await StartAsync(made, failing);

        using var answer = await server
            .Http()
            .PostAsJsonAsync("/v2/login_clients", new { username = "page" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(nameof(IUserGrain.DeleteAsync), made.Last());
    }

    [Fact]
    public async Task A_role_that_a_lost_try_has_given_is_no_fault()
    {
        var made = new ConcurrentQueue<string>();
        await using var server = await StartAsync(made, nameof(IUserGrain.AddAdministratorAsync), SessionErrors.AdministratorExists);

        using var answer = await server
            .Http()
            .PostAsJsonAsync("/v2/login_clients", new { username = "page" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.DoesNotContain(nameof(IUserGrain.DeleteAsync), made);
    }

    private static Task<GatewayServer> StartAsync(ConcurrentQueue<string> made, string failing, SessionError? error = null)
    {
        var grains = StandIn.For<IGrainFactory>(
            (method, _) =>
                method.GetGenericArguments() switch
                {
                    [var type] when type == typeof(IUserGrain) => StandIn.For<IUserGrain>((called, _) => Answer(called)),
                    [var type] when type == typeof(IIdRangesGrain) => StandIn.For<IIdRangesGrain>((_, _) => NewRange()),
                    _ => throw new NotSupportedException(),
                }
        );
        return GatewayServer.StartAsync(configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton(grains)));

        object Answer(MethodInfo called)
        {
            if (called.Name == nameof(IUserGrain.AuthenticateAsync))
            {
                return Task.FromResult(Caller.InCluster);
            }

            made.Enqueue(called.Name);
            var failure = called.Name == failing ? new SessionException(error ?? SessionErrors.StorageAway) : null;
            var details = new UserDetails(1, DateTimeOffset.UnixEpoch, "org", DateTimeOffset.UnixEpoch);
            return called.Name switch
            {
                nameof(IUserGrain.CreateAsync) => Result(new UserChange(details), failure),
                nameof(IUserGrain.DeleteAsync) => Result(details, failure),
                _ => Result(DateTimeOffset.UnixEpoch, failure),
            };
        }

        static Task<T> Result<T>(T result, Exception? failure) =>
            failure is null ? Task.FromResult(result) : Task.FromException<T>(failure);
    }

    private static Task<IdRange> NewRange()
    {
        var now = IdRange.MillisecondOf(DateTimeOffset.UtcNow);
        return Task.FromResult(new IdRange(1, now, now + 60_000));
    }
}
