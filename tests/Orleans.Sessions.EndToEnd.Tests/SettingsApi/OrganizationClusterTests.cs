namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>Changes of an organization's state hold at every node once they are acknowledged at one.</summary>
public sealed class OrganizationClusterTests(SharedClusters clusters)
{
    [Fact]
    public async Task A_closed_organization_is_closed_at_the_other_node_too_although_that_one_has_just_believed_its_people()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var id = await NewOrganizationAsync(a);
        var person = await a.NewHumanAsync(organizationId: id);
        var session = await a.OpenAsync(new { checks = person.WithPassword });
        var service = (await a.NewMachineAsync(organizationId: id)).Api.At(b.Host);
        (await service.PostAsync("/v2/organizations/_search")).Expect(200);
        (await b.As(session.Token).GetAsync($"/v2/users/{person.Id}")).Expect(200);

        (await a.PostAsync($"/v2/organizations/{id}/deactivate")).Expect(200);

        (await service.PostAsync("/v2/organizations/_search")).Expect(Failures.BadToken);
        (await b.As(session.Token).GetAsync($"/v2/users/{person.Id}")).Expect(Failures.BearerSessionGone);
        Assert.Equal(400, (await b.PostAsync("/v2/sessions", new { checks = person.WithPassword })).Status);
    }

    [Fact]
    public async Task Of_two_nodes_that_delete_an_organization_at_once_none_tells_a_fault()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var id = await NewOrganizationAsync(a);
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.NewHumanAsync(organizationId: id)));

        var answers = await Task.WhenAll(new[] { a, b }.Select(node => node.DeleteAsync($"/v2/organizations/{id}")));

        Assert.Contains(200, answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 404, answer.Body));
        foreach (var person in people)
        {
            (await b.GetAsync($"/v2/users/{person.Id}")).Expect(Failures.NoSuchUser);
        }
    }

    private static async Task<string> NewOrganizationAsync(Api admin) =>
        (await admin.PostAsync("/v2/organizations", new { name = Provisioning.Unique("Acme") })).Expect(201).Text("organizationId");
}
