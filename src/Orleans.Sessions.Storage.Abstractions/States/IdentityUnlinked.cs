namespace Orleans.Sessions.States;

/// <summary>The user is no longer linked to a person at an external provider.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="ExternalId">The person's id there.</param>
public sealed record IdentityUnlinked(string ProviderId, string ExternalId) : StateEffect;
