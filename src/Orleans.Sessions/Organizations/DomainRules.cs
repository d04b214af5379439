using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>The rules for the domains of organizations. Pure functions.</summary>
internal static class DomainRules
{
    private const int MaxName = 200;
    private const int MaxLabel = 63;

    /// <summary>The name as it is stored, in lower case. Fails with <c>ORG-R24hb</c> if it is no DNS name of at least two labels.</summary>
    public static string New(string name)
    {
        var normal = Normal(name);
        var labels = normal.Split('.');
        return normal.Length <= MaxName && labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit)
            ? normal
            : throw new SessionException(SessionErrors.DomainInvalid);
    }

    /// <summary>The domain with this name. Fails with <paramref name="missing"/> if the organization does not have it.</summary>
    public static StoredDomain Find(StoredOrganization organization, string name, SessionError missing) =>
        (organization.Domains ?? []).FirstOrDefault(domain => domain.Name == Normal(name)) ?? throw new SessionException(missing);

    /// <summary>The organization with one of its domains changed.</summary>
    public static StoredOrganization Change(StoredOrganization organization, StoredDomain before, StoredDomain after) =>
        organization with
        {
            Domains = organization.Domains!.Value.Replace(before, after),
        };

    /// <summary>What clients see; <c>null</c> if there are no domains.</summary>
    public static ImmutableArray<OrganizationDomain>? View(ImmutableArray<StoredDomain>? domains)
    {
        var primary = domains?.Where(domain => domain.VerifiedAt is not null).MinBy(domain => domain.VerifiedAt);
        return domains
            ?.Select(domain => new OrganizationDomain(
                domain.Name,
                domain.VerifiedAt is not null,
                domain == primary,
                domain.Validation ?? DomainValidation.Unspecified,
                domain.CreatedAt
            ))
            .ToImmutableArray();
    }

    private static string Normal(string name) => name.ToLowerInvariant().TrimEnd('.');

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
