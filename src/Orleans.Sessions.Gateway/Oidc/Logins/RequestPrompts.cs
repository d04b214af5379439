using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.OidcV2;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>
/// The prompts of a request, as a login frontend sees them. Frontends know prompts, and need not know that this service enforces
/// <c>max_age</c> and levels. So a request that only a new login can satisfy asks for one.
/// </summary>
internal static class RequestPrompts
{
    /// <summary>
    /// The prompts. After a refusal for age or level the person has already chosen or created the account: to do that again would lead to
    /// the same refusal. A request that forbids pages never asks for a login.
    /// </summary>
    public static IEnumerable<Prompt> Of(PendingRequest pending)
    {
        var asked = pending.Request.Prompts.Select(Of).ToList();
        if (asked.Contains(Prompt.None) || !(pending.WasRefused || pending.Request.MaxAge == TimeSpan.Zero))
        {
            return asked;
        }

        return asked
            .Where(prompt => !pending.WasRefused || prompt is not (Prompt.SelectAccount or Prompt.Create))
            .Append(Prompt.Login)
            .Distinct();
    }

    private static Prompt Of(string prompt) =>
        prompt switch
        {
            "none" => Prompt.None,
            "login" => Prompt.Login,
            "consent" => Prompt.Consent,
            "select_account" => Prompt.SelectAccount,
            "create" => Prompt.Create,
            _ => Prompt.Unspecified,
        };
}
