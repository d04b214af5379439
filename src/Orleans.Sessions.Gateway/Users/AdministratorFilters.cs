using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.InternalPermissionV2;
using Case = Orleans.Sessions.Protocol.InternalPermissionV2.AdministratorSearchFilter.FilterOneofCase;
using Resource = Orleans.Sessions.Protocol.InternalPermissionV2.ResourceFilter.ResourceOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>The search over administrators, in memory. Pure functions.</summary>
internal static class AdministratorFilters
{
    /// <summary>The maximum number of conditions. A condition that contains others counts as well.</summary>
    private const int MaxConditions = 20;

    /// <summary>The maximum number of values of all lists together.</summary>
    private const int MaxValues = 1000;

    /// <summary>
    /// Fails with <c>QUERY-Deep1</c> or <c>QUERY-Long1</c>. It counts before it descends, so it never descends further than the maximum
    /// number of conditions.
    /// </summary>
    public static void EnsureSize(IEnumerable<AdministratorSearchFilter> filters)
    {
        var (conditions, values) = (0, 0);
        Count(filters);

        void Count(IEnumerable<AdministratorSearchFilter> level)
        {
            foreach (var filter in level)
            {
                if (++conditions > MaxConditions)
                {
                    throw new SessionException(SessionErrors.QueryTooComplex);
                }

                values += filter.FilterCase == Case.InUserIdsFilter ? filter.InUserIdsFilter.Ids.Count : 0;
                if (values > MaxValues)
                {
                    throw new SessionException(SessionErrors.QueryTooLong);
                }

                Count(PartsOf(filter));
            }
        }
    }

    /// <summary>The users to which the search is limited; <c>null</c>: it is not limited to users.</summary>
    public static ImmutableArray<string>? UserIdsOf(IEnumerable<AdministratorSearchFilter> filters) =>
        filters.FirstOrDefault(filter => filter.FilterCase == Case.InUserIdsFilter) is { } named
            ? [.. named.InUserIdsFilter.Ids.Distinct()]
            : null;

    /// <summary>Whether the administrator matches. Projects have no administrators here.</summary>
    public static bool Matches(AdministratorView view, AdministratorSearchFilter filter) =>
        filter.FilterCase switch
        {
            Case.CreationDate => Is(view.CreatedAt, filter.CreationDate),
            Case.ChangeDate => Is(view.ChangedAt, filter.ChangeDate),
            Case.InUserIdsFilter => filter.InUserIdsFilter.Ids.Contains(view.UserId),
            Case.UserOrganizationId => view.UserOrganizationId == filter.UserOrganizationId.Id,
            Case.UserPreferredLoginName => TextMatch.Is(
                view.LoginName,
                filter.UserPreferredLoginName.PreferredLoginName,
                (TextMethod)filter.UserPreferredLoginName.Method
            ),
            Case.UserDisplayName => TextMatch.Is(
                view.DisplayName,
                filter.UserDisplayName.DisplayName,
                (TextMethod)filter.UserDisplayName.Method
            ),
            Case.Resource => filter.Resource.ResourceCase switch
            {
                Resource.Instance => view.OrganizationId is null,
                Resource.OrganizationId => view.OrganizationId == filter.Resource.OrganizationId,
                _ => false,
            },
            Case.Role => view.Roles.Contains(filter.Role.RoleKey),
            Case.And => filter.And.Queries.All(part => Matches(view, part)),
            Case.Or => filter.Or.Queries.Any(part => Matches(view, part)),
            Case.Not => !Matches(view, filter.Not.Query),
            _ => throw new SessionException(SessionErrors.QueryMissing),
        };

    /// <summary>The administrators in this order, by default by creation. Equal ones are ordered by user and resource.</summary>
    public static List<AdministratorView> Sorted(IEnumerable<AdministratorView> views, AdministratorFieldName by, bool ascending)
    {
        var sorted = (
            by switch
            {
                AdministratorFieldName.UserId => views.OrderBy(view => view.UserId, StringComparer.Ordinal),
                AdministratorFieldName.ChangeDate => views.OrderBy(view => view.ChangedAt),
                _ => views.OrderBy(view => view.CreatedAt),
            }
        )
            .ThenBy(view => view.UserId, StringComparer.Ordinal)
            .ThenBy(view => view.OrganizationId, StringComparer.Ordinal)
            .ToList();
        if (!ascending)
        {
            sorted.Reverse();
        }

        return sorted;
    }

    private static RepeatedField<AdministratorSearchFilter> PartsOf(AdministratorSearchFilter filter) =>
        filter.FilterCase switch
        {
            Case.And => filter.And.Queries,
            Case.Or => filter.Or.Queries,
            Case.Not when filter.Not.Query is { } part => [part],
            _ => [],
        };

    private static bool Is(DateTimeOffset date, TimestampFilter filter) =>
        date.CompareTo(filter.Timestamp.ToDateTimeOffset()) is var order
        && filter.Method switch
        {
            TimestampFilterMethod.After => order > 0,
            TimestampFilterMethod.AfterOrEquals => order >= 0,
            TimestampFilterMethod.Before => order < 0,
            TimestampFilterMethod.BeforeOrEquals => order <= 0,
            _ => order == 0,
        };
}
