// Projects with roles and grants, by @zitadel/node.
import assert from "node:assert/strict";
import { TextFilterMethod } from "@zitadel/node/dist/api/generated/zitadel/filter/v2/filter.js";
import { OrganizationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/org/v2/org_service.js";
import { ProjectServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/project/v2/project_service.js";
import { ProjectFieldName, ProjectGrantState, ProjectState } from "@zitadel/node/dist/api/generated/zitadel/project/v2/query.js";
import { Status } from "nice-grpc";
import { connect, refused } from "./node.mjs";
import { end, unique } from "./script.mjs";

const projects = connect(ProjectServiceDefinition);
const organizations = connect(OrganizationServiceDefinition);
const organizationId = (await organizations.addOrganization({ name: unique("Owner") })).organizationId;
const grantedOrganizationId = (await organizations.addOrganization({ name: unique("Partner") })).organizationId;

// Projects.
const name = unique("Shop");
const { projectId } = await projects.createProject({ organizationId, name, projectRoleAssertion: true });
await refused(projects.createProject({ organizationId, name }), Status.ALREADY_EXISTS, "PROJECT-Ex001");
await projects.createProject({ organizationId, projectId: unique("chosen"), name: `${name} 2` });
const first = (await projects.getProject({ projectId })).project;
assert.deepEqual(
  [first.name, first.organizationId, first.state, first.projectRoleAssertion],
  [name, organizationId, ProjectState.PROJECT_STATE_ACTIVE, true],
);
assert.ok((await projects.updateProject({ projectId, name: `${name} 1`, projectRoleAssertion: false })).changeDate >= first.creationDate);
const changed = (await projects.getProject({ projectId })).project;
assert.deepEqual([changed.name, changed.projectRoleAssertion], [`${name} 1`, false]);
const listed = await projects.listProjects({
  pagination: { limit: 1, asc: true },
  sortingColumn: ProjectFieldName.PROJECT_FIELD_NAME_NAME,
  filters: [{ projectNameFilter: { projectName: name, method: TextFilterMethod.TEXT_FILTER_METHOD_STARTS_WITH } }],
});
assert.deepEqual([listed.projects.map((project) => project.projectId), listed.pagination.totalResult.toNumber()], [[projectId], 2]);

// Roles.
for (const roleKey of ["admin", "reader", "guest"]) {
  await projects.addProjectRole({ projectId, roleKey, displayName: `A ${roleKey}`, group: "staff" });
}
await refused(projects.addProjectRole({ projectId, roleKey: "admin", displayName: "Again" }), Status.ALREADY_EXISTS, "PROJECT-Rol02");
await projects.updateProjectRole({ projectId, roleKey: "admin", displayName: "Chief" });
assert.ok((await projects.removeProjectRole({ projectId, roleKey: "guest" })).removalDate);
assert.equal((await projects.removeProjectRole({ projectId, roleKey: "guest" })).removalDate, undefined);
const roles = await projects.listProjectRoles({ projectId, pagination: { asc: true } });
assert.deepEqual(
  roles.projectRoles.map((role) => [role.key, role.displayName, role.group]),
  [
    ["admin", "Chief", "staff"],
    ["reader", "A reader", "staff"],
  ],
);

// Grants to another organization.
const grant = { projectId, grantedOrganizationId };
await projects.createProjectGrant({ ...grant, roleKeys: ["reader"] });
await refused(projects.createProjectGrant({ ...grant, roleKeys: ["reader"] }), Status.ALREADY_EXISTS, "PROJECT-Gra02");
await refused(projects.updateProjectGrant({ ...grant, roleKeys: ["guest"] }), Status.NOT_FOUND, "PROJECT-Rol01");
await projects.updateProjectGrant({ ...grant, roleKeys: ["admin", "reader"] });
await projects.deactivateProjectGrant(grant);
const granted = async () =>
  (await projects.listProjectGrants({ filters: [{ grantedOrganizationIdFilter: { id: grantedOrganizationId } }] })).projectGrants;
const [inactive] = await granted();
assert.deepEqual([inactive.grantedRoleKeys, inactive.state], [["admin", "reader"], ProjectGrantState.PROJECT_GRANT_STATE_INACTIVE]);
await projects.activateProjectGrant(grant);
assert.equal((await granted())[0].state, ProjectGrantState.PROJECT_GRANT_STATE_ACTIVE);
assert.ok((await projects.deleteProjectGrant(grant)).deletionDate);
assert.deepEqual(await granted(), []);

// The end.
await projects.deactivateProject({ projectId });
await refused(projects.deactivateProject({ projectId }), Status.FAILED_PRECONDITION, "COMMAND-mki55");
assert.equal((await projects.getProject({ projectId })).project.state, ProjectState.PROJECT_STATE_INACTIVE);
await projects.activateProject({ projectId });
assert.ok((await projects.deleteProject({ projectId })).deletionDate);
assert.equal((await projects.deleteProject({ projectId })).deletionDate, undefined);
await refused(projects.getProject({ projectId }), Status.NOT_FOUND, "COMMAND-3M9sd");
end([ProjectServiceDefinition]);
