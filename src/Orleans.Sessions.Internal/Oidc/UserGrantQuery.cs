namespace Orleans.Sessions.Oidc;

/// <summary>The grants to list.</summary>
/// <param name="ClientId">The client whose grants are listed; <c>null</c> lists those of all clients.</param>
/// <param name="Limit">The number of grants to look at, 1 to 100.</param>
/// <param name="After">The <see cref="UserGrantPage.Next"/> of the previous page; <c>null</c> for the first page.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantQuery")]
public sealed record UserGrantQuery(
    [property: Id(0)] string? ClientId = null,
    [property: Id(1)] int Limit = UserGrantQuery.MaxLimit,
    [property: Id(2)] UserGrantPosition? After = null
)
{
    /// <summary>The maximum number of grants to look at for one page.</summary>
    public const int MaxLimit = 100;
}
