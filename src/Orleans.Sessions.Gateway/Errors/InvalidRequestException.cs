namespace Orleans.Sessions.Gateway.Errors;

/// <summary>A request that breaks a rule of the contract. The client gets the message, without details.</summary>
internal sealed class InvalidRequestException(string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public ErrorCode Code { get; init; } = ErrorCode.InvalidArgument;

    /// <summary>The HTTP status on REST.</summary>
    public int HttpStatus { get; init; } = 400;
}
