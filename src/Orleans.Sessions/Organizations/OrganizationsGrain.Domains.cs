using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Organizations;

/// <content>The domains of the organizations. Whoever verifies a domain looks for its token between two calls.</content>
internal sealed partial class OrganizationsGrain
{
    /// <inheritdoc/>
    public async Task<DateTimeOffset> AddDomainAsync(Caller caller, string id, string domain)
    {
        var (known, organization) = await ChangeableAsync(caller, id);
        var name = DomainRules.New(domain);
        var domains = organization.Domains ?? [];
        if (domains.Any(other => other.Name == name))
        {
            throw new SessionException(SessionErrors.DomainExists);
        }

        if (domains.Length >= IOrganizationsGrain.MaxDomains)
        {
            throw new SessionException(SessionErrors.TooManyDomains);
        }

        var added = new StoredDomain(name, _clock.GetMicroNow());
        return await ChangeAsync(known, organization, organization with { Domains = domains.Add(added) });
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RemoveDomainAsync(Caller caller, string id, string domain)
    {
        var (known, organization) = await ChangeableAsync(caller, id);
        var removed = DomainRules.Find(organization, domain, SessionErrors.DomainNotFound);
        var left = (organization.Domains ?? []).Remove(removed);
        return await ChangeAsync(known, organization, organization with { Domains = left.IsEmpty ? null : left });
    }

    /// <inheritdoc/>
    public async Task<DomainChallenge> ChallengeDomainAsync(Caller caller, string id, string domain, DomainValidation validation)
    {
        var (known, organization) = await ChangeableAsync(caller, id);
        if (validation is not (DomainValidation.Dns or DomainValidation.Http))
        {
            throw new SessionException(SessionErrors.DomainValidationInvalid);
        }

        var before = Unverified(DomainRules.Find(organization, domain, SessionErrors.ChallengeDomainNotFound));
        var after = before with { Validation = validation, Token = RandomText.NewSecret() };
        await ChangeAsync(known, organization, DomainRules.Change(organization, before, after));
        return new DomainChallenge(after.Name, validation, after.Token);
    }

    /// <inheritdoc/>
    public async Task<DomainChallenge> ChallengeOfAsync(Caller caller, string id, string domain)
    {
        var (_, organization) = await ChangeableAsync(caller, id);
        return ChallengeOf(Unverified(DomainRules.Find(organization, domain, SessionErrors.VerifyDomainNotFound)));
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> ConfirmDomainAsync(Caller caller, string id, DomainChallenge found)
    {
        var (known, organization) = await ChangeableAsync(caller, id);
        var before = Unverified(DomainRules.Find(organization, found.Domain, SessionErrors.VerifyDomainNotFound));
        if (ChallengeOf(before) != found)
        {
            throw new SessionException(SessionErrors.DomainNotProved);
        }

        var others = known.Organizations.Prepend(Default(known)).Where(other => other.Id != id);
        if (others.SelectMany(other => other.Domains ?? []).Any(other => other.Name == before.Name && other.VerifiedAt is not null))
        {
            throw new SessionException(SessionErrors.DomainOfOther);
        }

        var after = before with { VerifiedAt = _clock.GetMicroNow(), Token = null };
        return await ChangeAsync(known, organization, DomainRules.Change(organization, before, after));
    }

    private static StoredDomain Unverified(StoredDomain domain) =>
        domain.VerifiedAt is null ? domain : throw new SessionException(SessionErrors.DomainAlreadyVerified);

    private static DomainChallenge ChallengeOf(StoredDomain domain) =>
        domain is { Token: { } token, Validation: { } validation }
            ? new DomainChallenge(domain.Name, validation, token)
            : throw new SessionException(SessionErrors.DomainChallengeMissing);

    private async Task<(OrganizationsRecord Known, StoredOrganization Organization)> ChangeableAsync(Caller caller, string id)
    {
        caller.Require(Permission.OrganizationWrite, id);
        var known = await ReadAsync();
        return (known, Existing(known, id, SessionErrors.OrganizationNotFound));
    }
}
