using System.Reflection;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>
/// A cluster with two kinds of grains. Users always accept their tokens: user 1 has all rights, other users have no role. Sessions do what
/// the test says.
/// </summary>
internal static class StandInGrains
{
    /// <summary>The id of a session with an answer of several kilobytes.</summary>
    public const string Large = "large";

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
                    _ => throw new NotSupportedException(),
                }
        );

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
