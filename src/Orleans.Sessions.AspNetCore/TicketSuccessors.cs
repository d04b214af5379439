using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.AspNetCore;

/// <summary>
/// The sessions that were replaced by new ones during one request. The cookie handler keeps using the session from the request's cookie,
/// even after a sign-in replaced it. So everything that the handler reads or writes later must go to the new session.
/// </summary>
internal static class TicketSuccessors
{
    private static readonly object s_item = new();

    /// <summary>Records that <paramref name="successor"/> replaces <paramref name="key"/>.</summary>
    public static void Add(HttpContext context, string key, string successor)
    {
        if (context.Items[s_item] is not Dictionary<string, string> successors)
        {
            context.Items[s_item] = successors = [];
        }

        successors[key] = successor;
    }

    /// <summary>The session that has replaced <paramref name="key"/>; <paramref name="key"/> itself if none has.</summary>
    public static string Latest(HttpContext context, string key)
    {
        if (context.Items[s_item] is Dictionary<string, string> successors)
        {
            while (successors.TryGetValue(key, out var successor))
            {
                key = successor;
            }
        }

        return key;
    }
}
