// Who has which roles in a project, by @zitadel/node.
import assert from "node:assert/strict";
import { State } from "@zitadel/node/dist/api/generated/zitadel/authorization/v2/authorization.js";
import { AuthorizationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/authorization/v2/authorization_service.js";
import { OrganizationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/org/v2/org_service.js";
import { ProjectServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/project/v2/project_service.js";
import { UserServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/user/v2/user_service.js";
import { Status } from "nice-grpc";
import { connect, refused } from "./node.mjs";
import { end, unique } from "./script.mjs";

const authorizations = connect(AuthorizationServiceDefinition);
const projects = connect(ProjectServiceDefinition);
const { organizationId } = await connect(OrganizationServiceDefinition).addOrganization({ name: unique("Owner") });
const { projectId } = await projects.createProject({ organizationId, name: unique("Shop") });
for (const roleKey of ["admin", "reader"]) {
  await projects.addProjectRole({ projectId, roleKey, displayName: roleKey.toUpperCase() });
}
const username = unique("person");
const { id: userId } = await connect(UserServiceDefinition).createUser({
  organizationId,
  username,
  human: { profile: { givenName: "Minnie", familyName: "Mouse" }, email: { email: `${username}@example.com`, isVerified: true } },
});

const { id } = await authorizations.createAuthorization({ userId, projectId, organizationId, roleKeys: ["admin"] });
await refused(
  authorizations.createAuthorization({ userId, projectId, organizationId, roleKeys: ["admin"] }),
  Status.ALREADY_EXISTS,
  "AUTHZ-Ex001",
);
const find = async (...filters) => (await authorizations.listAuthorizations({ filters })).authorizations;
const [given] = await find({ inUserIds: { ids: [userId] } }, { projectId: { id: projectId } });
assert.deepEqual(
  [given.id, given.state, given.user.preferredLoginName, given.organization.id],
  [id, State.STATE_ACTIVE, username, organizationId],
);
assert.deepEqual(
  given.roles.map((role) => [role.key, role.displayName]),
  [["admin", "ADMIN"]],
);

await authorizations.updateAuthorization({ id, roleKeys: ["reader"] });
assert.deepEqual(
  (await find({ authorizationIds: { ids: [id] } }))[0].roles.map((role) => role.key),
  ["reader"],
);
await refused(authorizations.updateAuthorization({ id, roleKeys: ["unknown"] }), Status.NOT_FOUND, "PROJECT-Rol01");
await authorizations.deactivateAuthorization({ id });
assert.equal((await find({ projectId: { id: projectId } }, { state: { state: State.STATE_INACTIVE } })).length, 1);
await authorizations.activateAuthorization({ id });
await refused(find({ projectGrantId: { id: "any" } }), Status.UNIMPLEMENTED, "SESSION-Unimp");

assert.ok((await authorizations.deleteAuthorization({ id })).deletionDate);
assert.equal((await authorizations.deleteAuthorization({ id })).deletionDate, undefined);
await refused(authorizations.activateAuthorization({ id }), Status.NOT_FOUND, "AUTHZ-Id001");
assert.deepEqual(await find({ projectId: { id: projectId } }), []);
end([AuthorizationServiceDefinition]);
