using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>What a client learns about a call that failed. Every surface writes the same facts into its own envelope.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">The text, with the id if the failure has an id.</param>
/// <param name="Detail"><c>zitadel.v1.ErrorDetail</c> or <c>zitadel.v1.CredentialsCheckError</c>; <c>null</c> for failures of the surface
/// itself.</param>
internal sealed record CallFailure(ErrorCode Code, string Message, IMessage? Detail = null)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>The client's deadline has passed.</summary>
    public static CallFailure DeadlineExceeded { get; } = new(ErrorCode.DeadlineExceeded, "Deadline Exceeded");

    /// <summary>When the caller may try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the caller's token lacks, for <c>WWW-Authenticate</c>; <c>null</c> if the failure is not about the token.</summary>
    public string? Challenge { get; init; }

    /// <summary>The language of the text, for <c>Content-Language</c>; <c>null</c> for English, as the contract has it.</summary>
    public string? Language { get; private init; }

    /// <summary>What the answer has as details. The one with the id is first: clients of ZITADEL may read no other.</summary>
    public IReadOnlyList<IMessage> Details =>
        Detail is null ? []
        : Fields is null ? [Detail]
        : [Detail, Fields];

    /// <summary>The fields that break a rule; <c>null</c> if the failure is not about fields.</summary>
    private IMessage? Fields { get; init; }

    /// <summary>The row of the error table; <c>null</c> for failures of the surface itself, which are English only.</summary>
    private SessionError? Row { get; init; }

    /// <summary>The field that breaks the rule of the row, and what was found there.</summary>
    private FieldFault? Fault { get; init; }

    /// <summary>The HTTP status on REST.</summary>
    public int Status { get; init; } = HttpStatus.Of(Code);

    /// <summary>
    /// The failure that an exception stands for; <c>null</c> if the caller did not cause it, or if nobody waits for the answer any more.
    /// </summary>
    public static CallFailure? Of(Exception exception) =>
        exception switch
        {
            SessionException failed => Of(failed),
            _ when UnreadableRequest.Of(exception) is { } invalid => new CallFailure(invalid.Code, invalid.Message)
            {
                Status = invalid.HttpStatus,
            },
            _ => null,
        };

    /// <summary>The failure in another language. Programs read the id and the code, which stay the same.</summary>
    public CallFailure In(ErrorTexts texts)
    {
        var rule = Row is null ? Message : texts.TextOf(Row);
        if (Row is null || rule == Row.Text)
        {
            return this;
        }

        // What was found is the same in every language.
        var text = Fault?.Found is { } found ? $"{rule}: {found}" : rule;
        return this with
        {
            Message = Detail is null ? text : (Row with { Text = text }).Message,
            Detail = Detail switch
            {
                CredentialsCheckError check => new CredentialsCheckError(check) { Message = text },
                ErrorDetail detail => new ErrorDetail(detail) { Message = text },
                _ => Detail,
            },
            Fields = BrokenFields.Of(Row, text, Fault),
            Language = texts.Language,
        };
    }

    /// <summary>The failure in a row of the error table.</summary>
    public static CallFailure Of(SessionException exception)
    {
        var error = exception.Error;

        // This is the only error that the surface raises and not the domain. It has neither id nor detail.
        return error == SessionErrors.AuthorizationMissing
            ? new CallFailure(error.Code, error.Text) { Challenge = BearerChallenge.Of(error), Row = error }
            : new CallFailure(error.Code, exception.Message, DetailOf(exception))
            {
                Fields = BrokenFields.Of(error, exception.Text, exception.Fault),
                Fault = exception.Fault,
                Challenge = BearerChallenge.Of(error, exception.MaxProofAge),
                RetryAfter = exception.RetryAfter ?? (error.Code == ErrorCode.Unavailable ? s_pause : null),
                Row = error,
            };
    }

    /// <summary>The HTTP status of a failure, for surfaces with error formats of their own.</summary>
    public static int StatusOf(Exception exception) =>
        exception switch
        {
            _ when UnreadableRequest.Of(exception) is { } unreadable => unreadable.HttpStatus,
            SessionException { Error.Code: ErrorCode.InvalidArgument } => StatusCodes.Status400BadRequest,
            SessionException { Error.Code: ErrorCode.ResourceExhausted } => StatusCodes.Status429TooManyRequests,
            SessionException { Error.Code: ErrorCode.Unavailable } => StatusCodes.Status503ServiceUnavailable,
            _ when GrainCalls.IsNodeAway(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    /// <summary>When to try again, for surfaces with error formats of their own; <c>null</c> if unknown.</summary>
    public static TimeSpan? RetryAfterOf(Exception exception, int status) =>
        (exception as SessionException)?.RetryAfter ?? (status == StatusCodes.Status503ServiceUnavailable ? s_pause : null);

    private static IMessage DetailOf(SessionException exception) =>
        exception.FailedAttempts is { } attempts
            ? new CredentialsCheckError
            {
                Id = exception.Error.Id,
                Message = exception.Text,
                FailedAttempts = attempts,
            }
            : new ErrorDetail { Id = exception.Error.Id, Message = exception.Text };
}
