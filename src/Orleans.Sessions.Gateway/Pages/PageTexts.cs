using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Pages;

/// <summary>The sentences of <see cref="MessagePage"/>, in English and German.</summary>
internal static class PageTexts
{
    public const string RequestRefused = "The application's request cannot be accepted. Please start again at the application.";
    public const string MessageRefused = "The application's message cannot be accepted.";
    public const string Unreadable = "The request cannot be read.";
    public const string TooMany = "There are too many requests. Please try again later.";
    public const string Away = "The service is not available at the moment. Please try again.";
    public const string Failed = "Something went wrong. Please start again at the application.";
    public const string Expired = "This page has expired. Please start again at the application.";
    public const string SignedOut = "You are signed out.";
    public const string PartlySignedOut = "You are signed out, but not at every application.";

    private const string German = "de";

    private static readonly FrozenDictionary<string, string> s_german = new Dictionary<string, string>
    {
        [RequestRefused] = "Die Anfrage der Anwendung kann nicht angenommen werden. Bitte beginnen Sie in der Anwendung noch einmal.",
        [MessageRefused] = "Die Nachricht der Anwendung kann nicht angenommen werden.",
        [Unreadable] = "Die Anfrage kann nicht gelesen werden.",
        [TooMany] = "Es gibt zu viele Anfragen. Bitte versuchen Sie es später noch einmal.",
        [Away] = "Der Dienst ist zurzeit nicht verfügbar. Bitte versuchen Sie es noch einmal.",
        [Failed] = "Etwas ist schiefgegangen. Bitte beginnen Sie in der Anwendung noch einmal.",
        [Expired] = "Diese Seite ist abgelaufen. Bitte beginnen Sie in der Anwendung noch einmal.",
        [SignedOut] = "Sie sind abgemeldet.",
        [PartlySignedOut] = "Sie sind abgemeldet, aber nicht in jeder Anwendung.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The language for a person: the first of the request's <c>ui_locales</c> that is known, or otherwise what the browser prefers.
    /// </summary>
    public static string LanguageOf(HttpRequest request) =>
        request
            .Query["ui_locales"]
            .ToString()
            .Split(' ')
            .Select(locale => locale.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is German or "en")
        ?? ErrorTexts.Of(request).Language;

    /// <summary>A sentence in a language.</summary>
    public static string In(string language, string text) => language == German ? s_german.GetValueOrDefault(text, text) : text;

    /// <summary>The sentence for a status.</summary>
    public static string Of(int status) =>
        status switch
        {
            StatusCodes.Status429TooManyRequests => TooMany,
            StatusCodes.Status503ServiceUnavailable => Away,
            >= StatusCodes.Status500InternalServerError => Failed,
            _ => Unreadable,
        };
}
