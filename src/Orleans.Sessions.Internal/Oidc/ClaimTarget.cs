namespace Orleans.Sessions.Oidc;

/// <summary>Where a claim is told. The numbers are those of <c>sessions.oidc.v1.ClaimTarget</c>.</summary>
public enum ClaimTarget
{
    /// <summary>In id tokens.</summary>
    IdToken = 1,

    /// <summary>At userinfo.</summary>
    UserInfo = 2,

    /// <summary>In access tokens that are JWTs.</summary>
    AccessToken = 3,

    /// <summary>At introspection.</summary>
    Introspection = 4,
}
