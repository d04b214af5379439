namespace Orleans.Sessions.SigningKeys;

/// <summary>Whether a key signs. The numbers are those of <c>sessions.keys.v1.SigningKeyState</c>.</summary>
public enum PublishedKeyState
{
    /// <summary>The key will sign later.</summary>
    Announced = 1,

    /// <summary>The key signs now.</summary>
    Signing = 2,

    /// <summary>The key no longer signs.</summary>
    Retired = 3,
}
