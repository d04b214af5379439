namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>Something that is deleted with all that belongs to it.</summary>
/// <param name="Method">The method that deletes it.</param>
/// <param name="Request">The request.</param>
public sealed record Parent(string Method, Func<Scene, object> Request)
{
    public static readonly Parent Organization = new("zitadel.org.v2.OrganizationService/DeleteOrganization", scene => new
    {
        organizationId = scene.Organization,
    });

    public static readonly Parent Partner = new("zitadel.org.v2.OrganizationService/DeleteOrganization", scene => new
    {
        organizationId = scene.Partner,
    });

    public static readonly Parent Project = new("zitadel.project.v2.ProjectService/DeleteProject", scene => new
    {
        projectId = scene.Project,
    });

    public static readonly Parent Application = new("zitadel.application.v2.ApplicationService/DeleteApplication", scene => new
    {
        applicationId = scene.Application,
    });

    public static readonly Parent User = new("zitadel.user.v2.UserService/DeleteUser", scene => new { userId = scene.User });

    public static readonly Parent Session = new("zitadel.session.v2.SessionService/DeleteSession", scene => new
    {
        sessionId = scene.Session?.Id,
    });

    public static readonly Parent Provider = new("zitadel.admin.v1.AdminService/DeleteProvider", scene => new { id = scene.Provider });
}
