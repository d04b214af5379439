using System.Collections.Immutable;

namespace Orleans.Sessions.WebAuthn;

/// <summary>A user as presented to authenticators.</summary>
/// <param name="Handle">The id by which keys store their user, at most 64 bytes.</param>
/// <param name="Name">The login name, to distinguish accounts.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Credentials">The keys that are relevant to the ceremony.</param>
internal sealed record KeyHolder(string Handle, string Name, string DisplayName, ImmutableArray<WebAuthnCredential> Credentials);
