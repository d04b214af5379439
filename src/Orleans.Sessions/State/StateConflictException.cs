namespace Orleans.Sessions.State;

/// <summary>Another activation changed the record; the grain catches it and starts over or reports it.</summary>
[GenerateSerializer, Alias("sessions.StateConflict")]
public sealed class StateConflictException : Exception
{
    /// <inheritdoc/>
    public override string Message => "The record was changed by another activation.";
}
