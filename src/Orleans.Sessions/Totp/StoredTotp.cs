using System.Collections.Immutable;

namespace Orleans.Sessions.Totp;

/// <summary>An authenticator app.</summary>
/// <param name="Secret">The encrypted secret.</param>
/// <param name="IsReady">Whether a code of the app was verified; before that the app does not count.</param>
/// <param name="LastStep">The last step whose code was used; it and earlier steps are refused.</param>
internal sealed record StoredTotp(ImmutableArray<byte> Secret, bool IsReady, long? LastStep = null);
