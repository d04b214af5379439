namespace Orleans.Sessions.WebAuthn;

/// <summary>What a key's authenticator said about itself when the key was registered (WebAuthn §6.5).</summary>
/// <param name="Model">The AAGUID: the model of the authenticator; all zero if it did not say.</param>
/// <param name="Format">The format of the statement, such as <c>packed</c> or <c>none</c>.</param>
/// <param name="Kind">Who signed it: <c>none</c>, <c>self</c>, <c>basic</c>, <c>attca</c> or <c>anonca</c>.</param>
/// <param name="IsTrusted">
/// Whether the statement led to a certificate that the metadata named for the model. Otherwise everything here is a claim.
/// </param>
/// <param name="Name">The model's name in the metadata; <c>null</c> if the model is not in it.</param>
internal sealed record KeyAttestation(Guid Model, string Format, string Kind, bool IsTrusted, string? Name = null);
