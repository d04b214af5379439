using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.AspNetCore;

/// <summary>
/// Which sessions gave way to which during one request. The cookie handler keeps the session it read from the request's cookie, also after somebody
/// signed in over it, so whatever it asks for or writes afterwards has to be led to the new one.
/// </summary>
internal static class TicketSuccessors
{
    private static readonly object s_item = new();

    /// <summary>Notes that <paramref name="successor"/> takes the place of <paramref name="key"/>.</summary>
    public static void Add(HttpContext context, string key, string successor)
    {
        if (context.Items[s_item] is not Dictionary<string, string> successors)
        {
            context.Items[s_item] = successors = [];
        }

        successors[key] = successor;
    }

    /// <summary>The session that stands for <paramref name="key"/> by now: itself, if none took its place.</summary>
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
