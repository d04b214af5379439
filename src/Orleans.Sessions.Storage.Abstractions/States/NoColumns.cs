namespace Orleans.Sessions.States;

/// <summary>No columns: the state is only found by its key, but its write changes other tables.</summary>
public sealed record NoColumns : StateColumns
{
    /// <summary>The only instance.</summary>
    public static readonly NoColumns Instance = new();

    private NoColumns() { }
}
