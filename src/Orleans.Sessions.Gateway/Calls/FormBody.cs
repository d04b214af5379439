using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads the form that a browser posts for another site.</summary>
internal static class FormBody
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>
    /// The form; a request without a type has none. The other type of forms, which is for files, is for none of the protocols. Fails with
    /// <see cref="InvalidRequestException"/>, and as <see cref="UnreadableRequest"/> knows.
    /// </summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType) ? FormCollection.Empty
            : request.ContentType.Split(';', 2)[0].Trim().Equals(Type, StringComparison.OrdinalIgnoreCase)
            ? await request.ReadFormAsync(request.HttpContext.RequestAborted)
            : throw new InvalidRequestException($"the request must be a form of type {Type}") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
}
