namespace Orleans.Sessions.EndToEnd.Clients.Harness;

/// <summary>
/// What a client saw in the scenario that all clients run: a session for a login name, a wrong password, then password and code, the
/// session in a list and read with its own token as bearer, its end, and a search that no longer finds it.
/// </summary>
public sealed record ClientResult(
    string SessionId,
    Refusal Wrong,
    bool Rotated,
    bool Grew,
    IReadOnlyList<string> Listed,
    string LoginName,
    bool HasPassword,
    bool HasTotp,
    Refusal Gone
)
{
    /// <summary>Fails the test unless the client saw the right results for this user.</summary>
    public void Check(Human human)
    {
        Assert.Equal(
            (3, Failures.WrongPassword.Message, Failures.WrongPassword.Id, 1),
            (Wrong.Code, Wrong.Message, Wrong.Id, Wrong.FailedAttempts)
        );
        Assert.True(Rotated, "a check changes the token");
        Assert.True(Grew, "a check raises the sequence");
        Assert.Equal([SessionId], Listed);
        Assert.Equal(human.LoginName, LoginName);
        Assert.True(HasPassword, "the password is proved");
        Assert.True(HasTotp, "the code is proved");
        Assert.Equal((5, Failures.NoSession.Message, Failures.NoSession.Id), (Gone.Code, Gone.Message, Gone.Id));
        Assert.All([Wrong, Gone], refusal => Assert.Matches("^[A-Za-z0-9:._-]+$", refusal.RequestId));
    }
}

/// <summary>An error as the client decoded it: gRPC's code number, the message, and the facts in the detail.</summary>
public sealed record Refusal(int Code, string Message, string? Id, int? FailedAttempts, string? RequestId);
