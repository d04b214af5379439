namespace Orleans.Sessions.States;

/// <summary>The user is linked to a person at an external provider. The write fails if another user is.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="ExternalId">The person's id there.</param>
/// <param name="UserId">The user.</param>
public sealed record IdentityLinked(string ProviderId, string ExternalId, string UserId) : StateEffect;
