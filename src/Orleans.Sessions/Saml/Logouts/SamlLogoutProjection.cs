using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.Logouts;

/// <summary>What the database must know about a SAML logout: when it may delete the row.</summary>
internal static class SamlLogoutProjection
{
    public static Projection Of(SamlLogoutRecord? before, SamlLogoutRecord after) => new(new SamlLogoutColumns(after.ExpiresAt), []);
}
