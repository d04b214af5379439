using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Saml;

/// <summary>
/// The ids of the messages of a logout. They contain the id of the logout, so that an answer reaches its grain. Nobody can guess either id.
/// </summary>
public static class SamlLogoutIds
{
    private const int Length = 22;

    /// <summary>Creates the id of a message about a logout.</summary>
    public static string NewRequest(string logoutId) => $"_{logoutId}.{RandomText.NewId()}";

    /// <summary>The logout to which a message belongs; <c>null</c> if this is not the id of such a message.</summary>
    public static string? LogoutOf(string requestId)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return requestId.Length == (2 * Length) + 2 && requestId[0] == '_' && requestId[Length + 1] == '.'
            ? requestId[1..(Length + 1)]
            : null;
    }
}
