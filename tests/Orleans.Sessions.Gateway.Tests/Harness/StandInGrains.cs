using System.Reflection;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>
/// A cluster with a few kinds of grains. Users always accept their tokens: user 1 has all rights, other users have no role. Sessions do
/// what the test says. Searches find so many that they estimate the total, unless a caller with a role asks for an exact one.
/// </summary>
internal static class StandInGrains
{
    /// <summary>The id of a session with an answer of several kilobytes.</summary>
    public const string Large = "large";

    /// <summary>The total that searches count.</summary>
    public const int ExactTotal = 12_345;

    /// <summary>The total that searches estimate.</summary>
    public const int EstimatedTotal = 13_000;

    /// <summary>What <see cref="Factory"/>'s function gets instead of an id when the caller of a change has gone away.</summary>
    public const string Canceled = "canceled";

    /// <summary>The factory. <paramref name="session"/> gets the id of the called session and answers for it.</summary>
    public static IGrainFactory Factory(Func<string, Task> session) =>
        StandIn.For<IGrainFactory>(
            (method, arguments) =>
                arguments switch
                {
                    [string key, ..] when method.GetGenericArguments() is [var type] && type == typeof(ISessionGrain) => Session(
                        GrainKeys.Id(key),
                        session
                    ),
                    [string key, ..] when method.GetGenericArguments() is [var type] && type == typeof(IUserGrain) => User(
                        GrainKeys.Id(key)
                    ),
                    [long, ..] when method.GetGenericArguments() is [var type] && type == typeof(ISessionSearchGrain) => SessionSearch(),
                    [long, ..] when method.GetGenericArguments() is [var type] && type == typeof(IUserSearchGrain) => UserSearch(),
                    _ => throw new NotSupportedException(),
                }
        );

    private static ISessionSearchGrain SessionSearch() =>
        StandIn.For<ISessionSearchGrain>(
            (_, arguments) =>
            {
                var isExact = ((SessionQuery)arguments[1]!).ExactTotal && MayCount(arguments[0]);
                return Task.FromResult(
                    new SessionPage([], isExact ? ExactTotal : EstimatedTotal, DateTimeOffset.UnixEpoch) { IsTotalExact = isExact }
                );
            }
        );

    private static IUserSearchGrain UserSearch() =>
        StandIn.For<IUserSearchGrain>(
            (_, arguments) =>
            {
                var isExact = ((UserQuery)arguments[1]!).ExactTotal && MayCount(arguments[0]);
                return Task.FromResult(
                    new UserPage([], isExact ? ExactTotal : EstimatedTotal, DateTimeOffset.UnixEpoch) { IsTotalExact = isExact }
                );
            }
        );

    private static bool MayCount(object? caller) => ((Caller)caller!).May(Permission.SessionRead);

    private static ISessionGrain Session(string id, Func<string, Task> behaviour)
    {
        return StandIn.For<ISessionGrain>(
            (method, arguments) =>
                method.Name switch
                {
                    nameof(ISessionGrain.GetAsync) => GetAsync(),
                    nameof(ISessionGrain.SetAsync) => SetAsync((CancellationToken)arguments[1]!),
                    nameof(ISessionGrain.DeleteAsync) => DeleteAsync(),
                    _ => Unexpected(method),
                }
        );

        async Task<SessionView> GetAsync()
        {
            await behaviour(id);
            return new SessionView
            {
                Id = id,
                CreationDate = DateTimeOffset.UnixEpoch,
                ChangeDate = DateTimeOffset.UnixEpoch,
                Sequence = 1,
                UserAgent = new UserAgent { Description = new string('x', id == Large ? 10_000 : 1) },
            };
        }

        async Task<SessionChange> SetAsync(CancellationToken canceled)
        {
            await using var registration = canceled.Register(() => behaviour(Canceled));
            await behaviour(id);
            return new SessionChange { SessionId = id, Details = new SessionDetails(1, DateTimeOffset.UnixEpoch, "instance") };
        }

        async Task<SessionDetails?> DeleteAsync()
        {
            await behaviour(id);
            return null;
        }
    }

    private static IUserGrain User(string id) =>
        StandIn.For<IUserGrain>(
            (method, _) =>
                method.Name switch
                {
                    nameof(IUserGrain.AuthenticateAsync) => Task.FromResult(id == "1" ? Caller.InCluster : new Caller { UserId = id }),
                    _ => Unexpected(method),
                }
        );

    private static object Unexpected(MethodInfo method) => throw new NotSupportedException(method.Name);
}
