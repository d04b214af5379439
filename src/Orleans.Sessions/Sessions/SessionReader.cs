using Orleans.Sessions.Cluster;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// Shows a session with the present names of its user. The user's grain tells sessions of changes. A session trusts what it knows for a
/// minute, so a lost notification has no lasting effect, and not when nodes join or leave, because the notification may then go to another
/// activation of the session. The finished view is cached, because most reads are of an unchanged session.
/// </summary>
internal sealed class SessionReader(SessionServices services, GrainRegistration registration)
{
    private static readonly TimeSpan s_believedFor = TimeSpan.FromMinutes(1);

    private UserIdentity? _user;
    private DateTimeOffset _askedAt;
    private long _epoch;
    private SessionRecord? _shown;
    private SessionView? _view;

    /// <summary>Stores the user's present identity; <c>null</c> changes nothing.</summary>
    public void Remember(UserIdentity? user, DateTimeOffset now)
    {
        if (user is not null)
        {
            (_user, _askedAt, _epoch, _view) = (user, now, services.State.Fence.Epoch, null);
        }
    }

    /// <summary>The identity of the session's user; <c>null</c> if the session has no user or the user was deleted.</summary>
    public ValueTask<UserIdentity?> UserAsync(SessionRecord session)
    {
        if (session.UserId is null)
        {
            return new((UserIdentity?)null);
        }

        return _user?.Id == session.UserId && services.Clock.GetUtcNow() - _askedAt < s_believedFor && registration.HasHeardAllSince(_epoch)
            ? new(_user)
            : new(AskAsync(session.UserId));
    }

    /// <summary>What clients see.</summary>
    public async ValueTask<SessionView> ViewAsync(SessionRecord session)
    {
        var user = await UserAsync(session);
        if (_view is null || !ReferenceEquals(_shown, session))
        {
            (_shown, _view) = (session, SessionRules.View(session, user));
        }

        return _view;
    }

    /// <summary>The identity of a user as it is now; <c>null</c> if the user was deleted.</summary>
    public async Task<UserIdentity?> AskAsync(string userId)
    {
        var epoch = services.State.Fence.Epoch;
        var user = await services.Users.Get(GrainKeys.User(userId)).TryIdentifyAsync();
        Remember(user, services.Clock.GetMicroNow());
        _epoch = epoch;
        return user;
    }
}
