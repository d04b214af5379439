namespace Orleans.Sessions.State;

/// <summary>The write would leave the installation without an owner. Nothing was written, and the grain catches this exception.</summary>
[GenerateSerializer, Alias("sessions.LastOwner")]
public sealed class LastOwnerException : Exception
{
    /// <inheritdoc/>
    public override string Message => "The last owner of the installation would be gone.";
}
