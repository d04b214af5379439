namespace Orleans.Sessions.State;

/// <summary>A value that must be unique is taken; the grain catches it and reports which value.</summary>
[GenerateSerializer, Alias("sessions.UniqueViolation")]
public sealed class UniqueViolationException : Exception
{
    /// <inheritdoc/>
    public override string Message => "A unique value is taken.";
}
