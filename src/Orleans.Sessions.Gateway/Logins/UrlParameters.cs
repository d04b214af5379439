using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.Gateway.Logins;

/// <summary>Adds parameters to URLs.</summary>
internal static class UrlParameters
{
    /// <summary>The URL with query parameters. Parameters without a value are left out.</summary>
    public static string Add(string address, params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString(address, Present(parameters));

    /// <summary>The URL with parameters in its fragment. Parameters without a value are left out.</summary>
    public static string AddToFragment(string address, params (string Name, string? Value)[] parameters) =>
        $"{address}#{QueryHelpers.AddQueryString("", Present(parameters)).TrimStart('?')}";

    private static IEnumerable<KeyValuePair<string, string?>> Present((string Name, string? Value)[] parameters) =>
        parameters
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value));
}
