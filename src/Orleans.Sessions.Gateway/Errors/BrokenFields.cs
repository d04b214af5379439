using System.Text.RegularExpressions;
using Google.Rpc;
using FieldViolation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>
/// Which fields of a request break a rule, for programs: <c>google.rpc.BadRequest</c>. The text of such an error is the names of the
/// fields and, after a colon, their rule.
/// </summary>
internal static partial class BrokenFields
{
    private const string Colon = ": ";

    /// <summary>The fields; <c>null</c> if the error is not about fields.</summary>
    /// <param name="error">The row of the error table.</param>
    /// <param name="text">Its text in the language of the caller, with what was found.</param>
    /// <param name="fault">The field, if it is known more exactly than the error names it.</param>
    public static BadRequest? Of(SessionError error, string text, FieldFault? fault)
    {
        if (error.Code != ErrorCode.InvalidArgument || Names().Match(error.Text) is not { Success: true } names)
        {
            return null;
        }

        var rule = text[(text.IndexOf(Colon, StringComparison.Ordinal) + Colon.Length)..];
        string[] fields = fault is null ? names.Groups[1].Value.Split(", ") : [fault.Field];
        return new BadRequest { FieldViolations = { fields.Select(field => new FieldViolation { Field = field, Description = rule }) } };
    }

    /// <summary>The same as a line for the log; <c>null</c> if the error is not about fields.</summary>
    public static string? LineOf(SessionException exception) =>
        Of(exception.Error, exception.Text, exception.Fault) is { FieldViolations: var fields }
            ? $"{string.Join(", ", fields.Select(field => field.Field))}{Colon}{fields[0].Description}"
            : null;

    /// <summary>Names of JSON, such as <c>embeddedIframe.allowedOrigins</c>, before a colon.</summary>
    [GeneratedRegex(@"\A([a-z][A-Za-z0-9.]*(?:, [a-z][A-Za-z0-9.]*)*): ")]
    private static partial Regex Names();
}
