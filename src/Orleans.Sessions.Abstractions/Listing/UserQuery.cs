using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A search over users.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserQuery")]
public sealed record UserQuery
{
    /// <summary>The most users one page can have.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The page size when the caller names none.</summary>
    public const int DefaultLimit = 100;

    /// <summary>All of these must match; none: every user the caller may see.</summary>
    [Id(0)]
    public ImmutableArray<UserFilter> Filters { get; init; } = [];

    /// <summary>What to sort by; ties are ordered by id.</summary>
    [Id(1)]
    public UserSortField SortBy { get; init; }

    /// <summary>Smallest first instead of largest first.</summary>
    [Id(2)]
    public bool Ascending { get; init; }

    /// <summary>How many matching users to skip.</summary>
    [Id(3)]
    public long Offset { get; init; }

    /// <summary>Page size, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(4)]
    public int Limit { get; init; } = DefaultLimit;
}

/// <summary>One condition of a <see cref="UserQuery"/>; conditions nest.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserFilter")]
public abstract record UserFilter
{
    private protected UserFilter()
    {
    }

    /// <summary>All parts match (none: always true).</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.And")]
    public sealed record And([property: Id(0)] ImmutableArray<UserFilter> Parts) : UserFilter;

    /// <summary>At least one part matches (none: never true).</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Or")]
    public sealed record Or([property: Id(0)] ImmutableArray<UserFilter> Parts) : UserFilter;

    /// <summary>The part does not match; a user without the field in question counts as not matching the part.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Not")]
    public sealed record Not([property: Id(0)] UserFilter Part) : UserFilter;

    /// <summary>A text field compared with a value.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserFilter.Text")]
    public sealed record Text(
        [property: Id(0)] UserTextField Field,
        [property: Id(1)] string Value,
        [property: Id(2)] TextMethod Method) : UserFilter;

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

/// <summary>The text fields a user can be searched by.</summary>
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

/// <summary>How a text is compared; numbers are those of <c>TextQueryMethod</c>.</summary>
public enum TextMethod
{
    /// <summary>The same text.</summary>
    Equals = 0,

    /// <summary>The same text in any case.</summary>
    EqualsIgnoreCase = 1,

    /// <summary>The field starts with the value.</summary>
    StartsWith = 2,

    /// <summary>The field starts with the value in any case.</summary>
    StartsWithIgnoreCase = 3,

    /// <summary>The field contains the value.</summary>
    Contains = 4,

    /// <summary>The field contains the value in any case.</summary>
    ContainsIgnoreCase = 5,

    /// <summary>The field ends with the value.</summary>
    EndsWith = 6,

    /// <summary>The field ends with the value in any case.</summary>
    EndsWithIgnoreCase = 7,
}

/// <summary>What users are sorted by; numbers are those of <c>UserFieldName</c>.</summary>
public enum UserSortField
{
    /// <summary>No wish: by creation date.</summary>
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
