using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads the form that a browser posts for another site.</summary>
internal static class FormBody
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>
    /// The form; a request of any other type has none, also of the other type of forms, which is for files and for none of the protocols. Fails as
    /// <see cref="UnreadableRequest"/> knows.
    /// </summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request) =>
        request.ContentType?.Split(';', 2)[0].Trim().Equals(Type, StringComparison.OrdinalIgnoreCase) == true
            ? await request.ReadFormAsync(request.HttpContext.RequestAborted)
            : FormCollection.Empty;
}
