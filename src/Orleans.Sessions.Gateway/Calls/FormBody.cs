using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads a form that a browser posts on behalf of another site.</summary>
internal static class FormBody
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>
    /// The form; empty for a request with another content type. That includes <c>multipart/form-data</c>, which is for files and which no
    /// protocol here uses. Failures are those of <see cref="UnreadableRequest"/>.
    /// </summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request) =>
        request.ContentType?.Split(';', 2)[0].Trim().Equals(Type, StringComparison.OrdinalIgnoreCase) == true
            ? await request.ReadFormAsync(request.HttpContext.RequestAborted)
            : FormCollection.Empty;
}
