using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.ApplicationV2;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using Application = Orleans.Sessions.Projects.Application;
using CreateCase = Orleans.Sessions.Protocol.ApplicationV2.CreateApplicationRequest.ApplicationTypeOneofCase;
using UpdateCase = Orleans.Sessions.Protocol.ApplicationV2.UpdateApplicationRequest.ApplicationTypeOneofCase;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// The applications of projects. They are entries of the registries of clients and of service providers. Keys are in a file of their own.
/// </summary>
internal sealed partial class ApplicationService(
    Grains grains,
    IdGenerator ids,
    TimeProvider clock,
    LoginPageOrigins loginPages,
    RuntimeSettings settings
) : Protocol.ApplicationV2.ApplicationService.ApplicationServiceBase
{
    public override async Task<CreateApplicationResponse> CreateApplication(CreateApplicationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var isIdChosen = request.ApplicationId.Length > 0;

        // A caller who may not add an application to the project learns nothing about login pages either.
        await grains.CallAsync(
            () => grains.Projects.AuthorizeAsync(caller, request.ProjectId, Permission.ProjectWrite),
            context.CancellationToken
        );
        var id = isIdChosen ? request.ApplicationId : await ids.NextAsync();
        if (request.ApplicationTypeCase == CreateCase.SamlConfiguration)
        {
            return await CreateServiceProviderAsync(request, id, isIdChosen, context);
        }

        var change =
            request.ApplicationTypeCase == CreateCase.OidcConfiguration
                ? OidcConfigurations.New(request.OidcConfiguration)
                : NewApi(request.ApiConfiguration);
        await EnsureMayNameAsync(change.LoginUri, context);
        var secret = RandomText.NewSecret();
        var usesSecret = change.Authentication is ClientAuthentication.SecretBasic or ClientAuthentication.SecretPost;
        var client = change.Apply(
            new OidcClient
            {
                Id = id,
                Name = request.Name,
                ProjectId = request.ProjectId,
                SecretHash = usesSecret ? [.. TokenHash.Of(secret)] : null,
            }
        );
        var created = await grains.CallAsync(
            () => grains.Applications.CreateClientAsync(caller, client, isIdChosen),
            context.CancellationToken
        );
        var (response, told) = (Created(created.Id, created.CreatedAt), usesSecret ? secret : "");
        if (request.ApplicationTypeCase == CreateCase.OidcConfiguration)
        {
            response.OidcConfiguration = new CreateOIDCApplicationResponse { ClientId = created.Id, ClientSecret = told };
        }
        else
        {
            response.ApiConfiguration = new CreateAPIApplicationResponse { ClientId = created.Id, ClientSecret = told };
        }

        return response;
    }

    public override async Task<UpdateApplicationResponse> UpdateApplication(UpdateApplicationRequest request, ServerCallContext context)
    {
        var (caller, name) = (context.Caller(), Name(request.ApplicationId, request.ProjectId));
        var rename = request.Name.Length > 0 ? request.Name : null;

        // A caller who may not change the application learns neither its type nor anything about login pages.
        var known = await grains.CallAsync(() => grains.Applications.GetChangeableAsync(caller, name), context.CancellationToken);
        var login = request.ApplicationTypeCase switch
        {
            UpdateCase.SamlConfiguration => request.SamlConfiguration.LoginVersion,
            UpdateCase.OidcConfiguration => request.OidcConfiguration.LoginVersion,
            _ => null,
        };
        await EnsureMayNameAsync(LoginVersions.LoginUri(login), context);
        var changedAt = request.ApplicationTypeCase switch
        {
            UpdateCase.SamlConfiguration => (
                await grains.Applications.ChangeServiceProviderAsync(caller, name, Change(request.SamlConfiguration, rename))
            ).ChangedAt,
            UpdateCase.OidcConfiguration => await ChangeClientAsync(
                caller,
                name,
                OidcConfigurations.Change(request.OidcConfiguration) with
                {
                    Name = rename,
                },
                isApi: false
            ),
            UpdateCase.ApiConfiguration => await ChangeClientAsync(
                caller,
                name,
                new ClientChange { Name = rename, Authentication = Authentication(request.ApiConfiguration.AuthMethodType) },
                isApi: true
            ),
            _ => rename is null ? known.ChangedAt : await grains.Applications.RenameAsync(caller, name, rename),
        };
        return new UpdateApplicationResponse { ChangeDate = Timestamps.Of(changedAt) };
    }

    public override async Task<GetApplicationResponse> GetApplication(GetApplicationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var found = await grains.CallAsync(() => grains.Applications.GetAsync(caller, request.ApplicationId), context.CancellationToken);
        return new GetApplicationResponse { Application = ApplicationMessages.Message(found) };
    }

    public override async Task<DeleteApplicationResponse> DeleteApplication(DeleteApplicationRequest request, ServerCallContext context)
    {
        var at = await grains.Applications.DeleteAsync(context.Caller(), Name(request.ApplicationId, request.ProjectId));
        return new DeleteApplicationResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<DeactivateApplicationResponse> DeactivateApplication(
        DeactivateApplicationRequest request,
        ServerCallContext context
    )
    {
        var name = Name(request.ApplicationId, request.ProjectId);
        var at = await grains.Applications.SetActiveAsync(context.Caller(), name, isActive: false);
        return new DeactivateApplicationResponse { DeactivationDate = Timestamps.Of(at) };
    }

    public override async Task<ReactivateApplicationResponse> ReactivateApplication(
        ReactivateApplicationRequest request,
        ServerCallContext context
    )
    {
        var name = Name(request.ApplicationId, request.ProjectId);
        var at = await grains.Applications.SetActiveAsync(context.Caller(), name, isActive: true);
        return new ReactivateApplicationResponse { ReactivationDate = Timestamps.Of(at) };
    }

    public override async Task<GenerateClientSecretResponse> GenerateClientSecret(
        GenerateClientSecretRequest request,
        ServerCallContext context
    )
    {
        var (caller, name) = (context.Caller(), Name(request.ApplicationId, request.ProjectId));
        var secret = RandomText.NewSecret();
        var hash = ImmutableArray.Create(TokenHash.Of(secret));
        var at = await grains.CallAsync(() => grains.Applications.SetSecretAsync(caller, name, hash), context.CancellationToken);
        return new GenerateClientSecretResponse { ClientSecret = secret, CreationDate = Timestamps.Of(at) };
    }

    public override async Task<ListApplicationsResponse> ListApplications(ListApplicationsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var visible = await grains.CallAsync(() => grains.Applications.ListAsync(caller), context.CancellationToken);
        var found = visible
            .Where(application => request.Filters.All(filter => ApplicationMessages.Matches(application, filter)))
            .OrderBy(application => application.Id, StringComparer.Ordinal);
        IEnumerable<Application> sorted = request.SortingColumn switch
        {
            ApplicationSorting.ApplicationSortByName => found.OrderBy(application => application.Name, StringComparer.OrdinalIgnoreCase),
            ApplicationSorting.ApplicationSortByState => found.OrderBy(application => application.IsInactive),
            ApplicationSorting.ApplicationSortByCreationDate => found.OrderBy(application => application.CreatedAt),
            ApplicationSorting.ApplicationSortByChangeDate => found.OrderBy(application => application.ChangedAt),
            _ => found,
        };
        var (page, pagination) = ListPage.Of(ProjectMessages.Ordered(sorted, request.Pagination), request.Pagination);
        return new ListApplicationsResponse { Applications = { page.Select(ApplicationMessages.Message) }, Pagination = pagination };
    }

    private async Task<CreateApplicationResponse> CreateServiceProviderAsync(
        CreateApplicationRequest request,
        string id,
        bool isIdChosen,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var login = LoginVersions.LoginUri(request.SamlConfiguration.LoginVersion);
        await EnsureMayNameAsync(login, context);
        var registration = new ServiceProviderRegistration(
            new ServiceProvider
            {
                Id = id,
                Name = request.Name,
                ProjectId = request.ProjectId,
                LoginUri = string.IsNullOrEmpty(login) ? null : login,
            },
            Metadata(request.SamlConfiguration.HasMetadataUrl, request.SamlConfiguration.MetadataXml)
        );
        var created = await grains.CallAsync(
            () => grains.Applications.CreateServiceProviderAsync(caller, registration, isIdChosen),
            context.CancellationToken
        );
        var response = Created(created.Id, created.CreatedAt);
        response.SamlConfiguration = new CreateSAMLApplicationResponse();
        return response;
    }

    /// <summary>Fails with <c>APP-Login</c> if the caller may not send people to this login page.</summary>
    private async Task EnsureMayNameAsync(string? loginUri, ServerCallContext context)
    {
        if (
            loginUri is { Length: > 0 }
            && !context.Caller().May(Permission.OidcClientWrite)
            && !loginPages.Allows(loginUri, await settings.CurrentAsync(context.CancellationToken))
        )
        {
            throw new SessionException(SessionErrors.ApplicationLoginPageForeign);
        }
    }

    private async Task<DateTimeOffset> ChangeClientAsync(Caller caller, ApplicationName name, ClientChange change, bool isApi) =>
        // The new secret of a client that had none is not told: the client gets one that is told by GenerateClientSecret.
        (await grains.Applications.ChangeClientAsync(caller, name, change, [.. TokenHash.Of(RandomText.NewSecret())], isApi)).ChangedAt;

    private static ClientChange NewApi(CreateAPIApplicationRequest request) =>
        new()
        {
            Kind = ApplicationKind.Api,
            Authentication = Authentication(request.AuthMethodType),
            GrantTypes = ImmutableArray<string>.Empty,
        };

    private static ClientAuthentication Authentication(APIAuthMethodType method) =>
        method == APIAuthMethodType.PrivateKeyJwt ? ClientAuthentication.PrivateKeyJwt : ClientAuthentication.SecretBasic;

    private static ServiceProviderChange Change(UpdateSAMLApplicationConfigurationRequest request, string? name) =>
        new()
        {
            Name = name,
            Metadata =
                request.MetadataCase == UpdateSAMLApplicationConfigurationRequest.MetadataOneofCase.None
                    ? null
                    : Metadata(request.HasMetadataUrl, request.MetadataXml),
            LoginUri = LoginVersions.LoginUri(request.LoginVersion),
        };

    /// <summary>The text of the metadata. They are not fetched.</summary>
    private static string Metadata(bool hasUrl, ByteString xml) =>
        hasUrl ? throw new SessionException(SessionErrors.NotOffered) : Encoding.UTF8.GetString(xml.Span);

    private static CreateApplicationResponse Created(string id, DateTimeOffset createdAt) =>
        new() { ApplicationId = id, CreationDate = Timestamps.Of(createdAt) };

    private static ApplicationName Name(string id, string projectId) => new(id, projectId.Length > 0 ? projectId : null);
}
