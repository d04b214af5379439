namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The values, for receivers that write their own texts.</summary>
internal sealed record WebhookArguments
{
    public required string Code { get; init; }

    public required string UserName { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string NickName { get; init; }

    public required string DisplayName { get; init; }

    public required string LastEmail { get; init; }

    public required string VerifiedEmail { get; init; }

    public required string LastPhone { get; init; }

    public required string VerifiedPhone { get; init; }

    public required string PreferredLoginName { get; init; }

    public required string LoginName { get; init; }

    public required IReadOnlyList<string> LoginNames { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required DateTimeOffset ChangeDate { get; init; }

    public string? ApplicationName { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("LoginName = ").Append(LoginName);
        return true;
    }
}
