namespace Orleans.Sessions.Instance;

/// <summary>The ids of this installation, loaded when the silo starts.</summary>
public sealed class InstanceAccessor
{
    private volatile InstanceIdentity? _identity;

    /// <summary>The ids.</summary>
    public InstanceIdentity Identity
    {
        get => _identity ?? throw new InvalidOperationException("The instance is not loaded yet.");
        set => _identity = value;
    }

    /// <summary>Whether the ids are loaded.</summary>
    public bool IsLoaded => _identity is not null;
}
