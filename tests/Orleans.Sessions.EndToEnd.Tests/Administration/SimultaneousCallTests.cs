using Google.Protobuf.Reflection;
using Orleans.Sessions.EndToEnd.Administration.Harness;
using AccountService = Orleans.Sessions.Protocol.AccountV1.AccountService;
using AdminService = Orleans.Sessions.Protocol.AdminV1.AdminService;
using ApplicationService = Orleans.Sessions.Protocol.ApplicationV2.ApplicationService;
using AuthorizationService = Orleans.Sessions.Protocol.AuthorizationV2.AuthorizationService;
using FeatureService = Orleans.Sessions.Protocol.FeatureV2.FeatureService;
using InternalPermissionService = Orleans.Sessions.Protocol.InternalPermissionV2.InternalPermissionService;
using LoginService = Orleans.Sessions.Protocol.LoginV1.LoginService;
using OrganizationService = Orleans.Sessions.Protocol.OrgV2.OrganizationService;
using OwnProjectService = Orleans.Sessions.Protocol.ProjectsV1.ProjectService;
using ProjectService = Orleans.Sessions.Protocol.ProjectV2.ProjectService;
using SettingsService = Orleans.Sessions.Protocol.SettingsV2.SettingsService;
using UserRoleService = Orleans.Sessions.Protocol.RolesV1.UserRoleService;
using WebKeyService = Orleans.Sessions.Protocol.WebKeyV2.WebKeyService;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>
/// Every method by which administrators manage something, and the service's own methods for login pages, called at two nodes at once:
/// twice, and while what it is about is deleted. Nothing is there twice that must be there once, nothing outlives what it belongs to, and
/// whoever comes too late is told why.
/// </summary>
public sealed class SimultaneousCallTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    /// <summary>Both orders of two calls should occur.</summary>
    private const int Races = 8;

    private static readonly ServiceDescriptor[] s_services =
    [
        OrganizationService.Descriptor,
        ProjectService.Descriptor,
        ApplicationService.Descriptor,
        AuthorizationService.Descriptor,
        SettingsService.Descriptor,
        FeatureService.Descriptor,
        AdminService.Descriptor,
        WebKeyService.Descriptor,
        InternalPermissionService.Descriptor,
        OwnProjectService.Descriptor,
        UserRoleService.Descriptor,
        LoginService.Descriptor,
        AccountService.Descriptor,
    ];

    private static readonly SimultaneousCall[] s_calls =
    [
        .. OrganizationCalls.All,
        .. ProjectCalls.All,
        .. ApplicationCalls.All,
        .. InstallationCalls.All,
        .. AdministratorCalls.All,
        .. OwnProjectCalls.All,
        .. LoginPageCalls.All,
    ];

    public static TheoryData<string> Calls => [.. s_calls.Select(call => call.Name)];

    public static TheoryData<string> CallsWithParent => [.. s_calls.Where(call => call.Parent is not null).Select(call => call.Name)];

    [Fact]
    public void No_method_is_forgotten()
    {
        var methods = s_services.SelectMany(service => service.Methods).Select(method => $"{method.Service.FullName}/{method.Name}");
        var known = s_calls.Select(call => call.Method).Distinct().Concat(InstallationCalls.NotOffered);
        Assert.Equal(methods.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        Assert.Equal(s_calls.Length, s_calls.Select(call => call.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Of_two_equal_calls_at_once_one_wins_or_both_agree(string name)
    {
        var (call, scene) = (Find(name), new Scene(nodes.A));
        var request = await call.Prepare(scene);

        var answers = await Task.WhenAll(nodes.A.PostAsync(call.Path, request), nodes.B.PostAsync(call.Path, request));

        Assert.All(answers, EnsureClear);
        var lost = answers.Where(answer => answer.Status != 200).ToList();
        if (call.Fails is not null)
        {
            Assert.Equal([call.Fails, call.Fails], lost.Select(IdOf));
            return;
        }

        Assert.All(lost, answer => Assert.True(IdOf(answer) == call.Loses, answer.Explain($"{call.Loses ?? "no error"}")));
        Assert.True(lost.Count < 2, "Nobody has won.");
        Assert.True(call.MayBothWin || lost.Count == (call.Loses is null ? 0 : 1), "Both have won.");
        if (call.Count is { } count)
        {
            Assert.Equal(1, await count(scene));
        }
    }

    [Theory]
    [MemberData(nameof(CallsWithParent))]
    public async Task What_is_deleted_in_between_leaves_nothing_and_is_not_found_afterwards(string name)
    {
        var (call, scene) = (Find(name), new Scene(nodes.A));
        var request = await call.Prepare(scene);
        var parent = call.Parent!;

        var (answer, deleted) = await AtOnceAsync(
            nodes.A.PostAsync(call.Path, request),
            nodes.B.PostAsync($"/{parent.Method}", parent.Request(scene))
        );

        EnsureClear(answer);
        deleted.Expect(200);
        if (call.Count is { } count)
        {
            Assert.Equal(0, await count(scene));
        }

        var again = await nodes.A.PostAsync(call.Path, request);
        Assert.True(call.Gone is null ? again.Status == 200 : IdOf(again) == call.Gone, again.Explain(call.Gone ?? "status 200"));
    }

    [Fact]
    public async Task An_application_never_outlives_its_project()
    {
        foreach (var call in s_calls.Where(call => call.Method.EndsWith("/CreateApplication", StringComparison.Ordinal)))
        {
            for (var i = 0; i < Races; i++)
            {
                await What_is_deleted_in_between_leaves_nothing_and_is_not_found_afterwards(call.Name);
            }
        }
    }

    [Fact]
    public async Task A_project_and_two_applications_of_one_id_are_never_there_together()
    {
        const string Applications = "zitadel.application.v2.ApplicationService";
        var creations = s_calls
            .Where(call => call.Variant is "of one id" or "public client of one id" or "service provider of one id")
            .ToList();
        Assert.Equal(3, creations.Count);
        for (var i = 0; i < Races; i++)
        {
            var scene = new Scene(nodes.A);
            var requests = new List<object>();
            foreach (var call in creations)
            {
                requests.Add(await call.Prepare(scene));
            }

            var answers = await Task.WhenAll(
                creations.Select((call, n) => ((i + n) % 2 == 0 ? nodes.A : nodes.B).PostAsync(call.Path, requests[n]))
            );

            Assert.All(answers, EnsureClear);

            // A project and a service provider are of different kinds; a client has an id that neither of them has.
            var made = creations.Zip(answers).Where(pair => pair.Second.Status == 200).Select(pair => pair.First.Variant).ToList();
            Assert.NotEmpty(made);
            Assert.True(made.Count == 1 || !made.Contains("public client of one id"), string.Join(", ", made));
            var found = await nodes.B.PostAsync($"/{Applications}/GetApplication", new { applicationId = scene.New });
            Assert.Equal(made.Contains("public client of one id"), found.Has("application.oidcConfiguration"));
            Assert.Equal(made.Contains("service provider of one id"), found.Has("application.samlConfiguration"));
        }
    }

    [Fact]
    public async Task A_web_key_that_is_deleted_while_it_is_activated_signs_or_is_gone()
    {
        const string WebKeys = "zitadel.webkey.v2.WebKeyService";
        for (var i = 0; i < Races; i++)
        {
            var id = await new Scene(nodes.A).NextKeyAsync();

            var (activated, deleted) = await AtOnceAsync(
                nodes.A.PostAsync($"/{WebKeys}/ActivateWebKey", new { id }),
                nodes.B.PostAsync($"/{WebKeys}/DeleteWebKey", new { id })
            );

            Assert.True(
                activated.Status == 200 ? IdOf(deleted) == "COMMAND-Chai1" : deleted.Status == 200 && IdOf(activated) == "COMMAND-teiG3",
                $"{activated.Explain("one of the two")} {deleted.Explain("one of the two")}"
            );
        }
    }

    private static SimultaneousCall Find(string name) => s_calls.Single(call => call.Name == name);

    private static async Task<(Reply First, Reply Second)> AtOnceAsync(Task<Reply> first, Task<Reply> second)
    {
        await Task.WhenAll(first, second);
        return (await first, await second);
    }

    /// <summary>Success, or a refusal with an id.</summary>
    private static void EnsureClear(Reply answer) =>
        Assert.True(
            answer.Status == 200 || (answer.Status is >= 400 and < 500 && IdOf(answer).Length > 0),
            answer.Explain("success, or a refusal with an id")
        );

    /// <summary>The id of an error in the envelope of Connect.</summary>
    private static string IdOf(Reply answer) => answer["details.0.debug.id"]?.GetValue<string>() ?? "";
}
