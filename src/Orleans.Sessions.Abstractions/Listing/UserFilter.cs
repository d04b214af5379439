using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>One condition of a <see cref="UserQuery"/>. Conditions can be nested.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserFilter")]
public abstract record UserFilter
{
    private protected UserFilter() { }

    /// <summary>All parts match. An empty list always matches.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.And")]
    public sealed record And([property: Id(0)] ImmutableArray<UserFilter> Parts) : UserFilter;

    /// <summary>At least one part matches. An empty list never matches.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Or")]
    public sealed record Or([property: Id(0)] ImmutableArray<UserFilter> Parts) : UserFilter;

    /// <summary>The part does not match. A user without the field does not match the part, so this condition matches that user.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Not")]
    public sealed record Not([property: Id(0)] UserFilter Part) : UserFilter;

    /// <summary>A text field compared with a value.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Text")]
    public sealed record Text([property: Id(0)] UserTextField Field, [property: Id(1)] string Value, [property: Id(2)] TextMethod Method)
        : UserFilter;

    /// <summary>The id is one of these.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Ids")]
    public sealed record Ids([property: Id(0)] ImmutableArray<string> Values) : UserFilter;

    /// <summary>The e-mail address is one of these, exactly as written.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Emails")]
    public sealed record Emails([property: Id(0)] ImmutableArray<string> Values) : UserFilter;

    /// <summary>The user is in this state.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.State")]
    public sealed record State([property: Id(0)] UserState Value) : UserFilter;

    /// <summary>The user is of this kind.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Kind")]
    public sealed record Kind([property: Id(0)] UserKind Value) : UserFilter;

    /// <summary>The user belongs to this organization.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Organization")]
    public sealed record Organization([property: Id(0)] string OrganizationId) : UserFilter;

    /// <summary>
    /// The key of an entry of the user's metadata, compared with a value. Only ASCII letters have a case here. Conditions on metadata that
    /// stand in the same list (the search itself, or an <see cref="And"/>) are about the same entry.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.MetadataKey")]
    public sealed record MetadataKey([property: Id(0)] string Key, [property: Id(1)] TextMethod Method) : UserFilter;

    /// <summary>
    /// The value of an entry of the user's metadata is these bytes or, if <paramref name="Differs"/>, other bytes. See
    /// <see cref="MetadataKey"/>.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.MetadataValue")]
    public sealed record MetadataValue([property: Id(0)] ImmutableArray<byte> Value, [property: Id(1)] bool Differs = false) : UserFilter;
}
