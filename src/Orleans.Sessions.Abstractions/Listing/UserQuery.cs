using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A search over users.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserQuery")]
public sealed record UserQuery
{
    /// <summary>The maximum number of users of one page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The page size if the caller does not set one.</summary>
    public const int DefaultLimit = 100;

    /// <summary>All of these filters must match. Empty means every user that the caller may see.</summary>
    [Id(0)]
    public ImmutableArray<UserFilter> Filters { get; init; } = [];

    /// <summary>The field to sort by. Users with equal values are ordered by id.</summary>
    [Id(1)]
    public UserSortField SortBy { get; init; }

    /// <summary>Whether the smallest values come first. Otherwise the largest come first.</summary>
    [Id(2)]
    public bool Ascending { get; init; }

    /// <summary>The number of matching users to skip.</summary>
    [Id(3)]
    public long Offset { get; init; }

    /// <summary>Page size, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(4)]
    public int Limit { get; init; } = DefaultLimit;
}

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
}

/// <summary>The text fields by which users can be searched.</summary>
public enum UserTextField
{
    /// <summary>The user name.</summary>
    UserName,

    /// <summary>The login name.</summary>
    LoginName,

    /// <summary>The given name.</summary>
    GivenName,

    /// <summary>The family name.</summary>
    FamilyName,

    /// <summary>The nick name.</summary>
    NickName,

    /// <summary>The display name.</summary>
    DisplayName,

    /// <summary>The e-mail address.</summary>
    Email,

    /// <summary>The phone number, E.164.</summary>
    Phone,
}

/// <summary>How a text is compared. The numbers are those of <c>TextQueryMethod</c>.</summary>
public enum TextMethod
{
    /// <summary>The same text.</summary>
    Equals = 0,

    /// <summary>The same text, ignoring case.</summary>
    EqualsIgnoreCase = 1,

    /// <summary>The field starts with the value.</summary>
    StartsWith = 2,

    /// <summary>The field starts with the value, ignoring case.</summary>
    StartsWithIgnoreCase = 3,

    /// <summary>The field contains the value.</summary>
    Contains = 4,

    /// <summary>The field contains the value, ignoring case.</summary>
    ContainsIgnoreCase = 5,

    /// <summary>The field ends with the value.</summary>
    EndsWith = 6,

    /// <summary>The field ends with the value, ignoring case.</summary>
    EndsWithIgnoreCase = 7,
}

/// <summary>The field by which users are sorted. The numbers are those of <c>UserFieldName</c>.</summary>
public enum UserSortField
{
    /// <summary>The default: the creation date.</summary>
    Unspecified = 0,

    /// <summary>The user name.</summary>
    UserName = 1,

    /// <summary>The given name.</summary>
    GivenName = 2,

    /// <summary>The family name.</summary>
    FamilyName = 3,

    /// <summary>The nick name.</summary>
    NickName = 4,

    /// <summary>The display name.</summary>
    DisplayName = 5,

    /// <summary>The e-mail address.</summary>
    Email = 6,

    /// <summary>The state.</summary>
    State = 7,

    /// <summary>The kind.</summary>
    Kind = 8,

    /// <summary>The creation date.</summary>
    CreationDate = 9,
}
