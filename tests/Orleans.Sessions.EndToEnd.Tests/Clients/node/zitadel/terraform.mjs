// What ZITADEL's provider for Terraform sends, resource by resource: create, read, update, delete. Some resources use the second API, and
// work. The others use the first one, and the refusal names what does the job.
import assert from "node:assert/strict";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { AdminService } from "@zitadel/proto/zitadel/admin_pb.js";
import { ManagementService } from "@zitadel/proto/zitadel/management_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import {
  CreateApplicationRequest,
  CreateApplicationResponse,
  DeleteApplicationRequest,
  GetApplicationRequest,
  GetApplicationResponse,
} from "@zitadel/node/dist/api/generated/zitadel/application/v2/application_service.js";
import {
  CreateProjectRequest,
  CreateProjectResponse,
  DeleteProjectRequest,
  GetProjectRequest,
  GetProjectResponse,
  UpdateProjectRequest,
} from "@zitadel/node/dist/api/generated/zitadel/project/v2/project_service.js";
import { goCall } from "./generators.mjs";
import { end, unique } from "./script.mjs";

const send = (method, request, options) =>
  goCall(`${method.parent.typeName}/${method.name}`, toBinary(method.input, create(method.input, request)), options);
const call = async (method, request, options) => {
  const { status, text, message } = await send(method, request, options);
  assert.equal(status, 0, `${method.name}: ${text}`);
  return fromBinary(method.output, message);
};
/** A call of a service that the package's descriptors do not have: messages are from another package of ZITADEL, or made by hand. */
const callBytes = async (method, bytes) => {
  const { status, text, message } = await goCall(`zitadel.${method}`, bytes);
  assert.equal(status, 0, `${method}: ${text}`);
  return message;
};
const callNode = async (method, type, request, response) => {
  const message = await callBytes(method, type.encode(type.fromPartial(request)).finish());
  return response?.decode(message);
};
/** A message whose fields, from 1 on, are these texts. */
const texts = (...values) =>
  Buffer.concat(
    values.map((value, index) => Buffer.concat([Buffer.from([((index + 1) << 3) | 2, Buffer.byteLength(value)]), Buffer.from(value)])),
  );
const [admin, management] = [AdminService.method, ManagementService.method];
const [organizations, users] = [OrganizationService.method, UserService.method];

// zitadel_organization.
const name = unique("Acme");
const { organizationId } = await call(organizations.addOrganization, { name });
const readOrganization = async () =>
  (await call(organizations.listOrganizations, { queries: [{ query: { case: "idQuery", value: { id: organizationId } } }] })).result;
assert.equal((await readOrganization())[0].name, name);
await callBytes("org.v2.OrganizationService/UpdateOrganization", texts(organizationId, `${name} AG`));
assert.equal((await readOrganization())[0].name, `${name} AG`);
const here = { organizationId };

// zitadel_human_user and zitadel_machine_user. A new address whose verification is left open is not verified.
const username = unique("person");
const human = await call(
  users.createUser,
  {
    organizationId,
    username,
    userType: {
      case: "human",
      value: {
        profile: { givenName: "Minnie", familyName: "Mouse", gender: 0, preferredLanguage: "", displayName: "Minnie Mouse" },
        email: { email: `${username}@example.com` },
      },
    },
  },
  here,
);
const readHuman = async () => (await call(users.getUserByID, { userId: human.id }, here)).user;
assert.deepEqual([(await readHuman()).username, (await readHuman()).type.value.email.isVerified], [username, false]);
const profile = { givenName: "Daisy", familyName: "Duck" };
await call(users.updateUser, { userId: human.id, userType: { case: "human", value: { profile } } }, here);
assert.equal((await readHuman()).type.value.profile.familyName, "Duck");
await call(users.deleteUser, { userId: human.id }, here);
assert.equal((await send(users.getUserByID, { userId: human.id }, here)).status, Code.NotFound);
const machine = await call(
  users.createUser,
  { organizationId, username: unique("machine"), userType: { case: "machine", value: { name: "Robot" } } },
  here,
);
assert.equal((await call(users.getUserByID, { userId: machine.id }, here)).user.type.value.name, "Robot");

// zitadel_project_v2 and zitadel_application_v2.
const { projectId } = await callNode(
  "project.v2.ProjectService/CreateProject",
  CreateProjectRequest,
  { organizationId, name: "Shop" },
  CreateProjectResponse,
);
await callNode("project.v2.ProjectService/UpdateProject", UpdateProjectRequest, { projectId, name: "Store", projectRoleAssertion: true });
const { project } = await callNode("project.v2.ProjectService/GetProject", GetProjectRequest, { projectId }, GetProjectResponse);
assert.deepEqual([project.name, project.projectRoleAssertion], ["Store", true]);
const oidcConfiguration = { redirectUris: ["https://shop.example.com/callback"] };
const { applicationId } = await callNode(
  "application.v2.ApplicationService/CreateApplication",
  CreateApplicationRequest,
  { projectId, name: "Web", oidcConfiguration },
  CreateApplicationResponse,
);
const { application } = await callNode(
  "application.v2.ApplicationService/GetApplication",
  GetApplicationRequest,
  { applicationId },
  GetApplicationResponse,
);
assert.deepEqual(application.oidcConfiguration.redirectUris, oidcConfiguration.redirectUris);
await callNode("application.v2.ApplicationService/DeleteApplication", DeleteApplicationRequest, { applicationId, projectId });
await callNode("project.v2.ProjectService/DeleteProject", DeleteProjectRequest, { projectId });

// zitadel_idp_oidc.
const registration = {
  name: unique("Provider"),
  issuer: "https://provider.example.com",
  clientId: "client",
  clientSecret: "secret",
  scopes: ["openid", "email"],
  providerOptions: { isLinkingAllowed: true, isAutoUpdate: true },
};
const { id } = await call(admin.addGenericOIDCProvider, registration);
assert.equal((await call(admin.getProviderByID, { id })).idp.config.options.isAutoUpdate, true);
await call(admin.updateGenericOIDCProvider, { ...registration, id, clientSecret: "", usePkce: true });
assert.equal((await call(admin.getProviderByID, { id })).idp.config.config.value.usePkce, true);
await call(admin.deleteProvider, { id });
assert.equal((await send(admin.getProviderByID, { id })).status, Code.NotFound);

const secrets = { clientId: "client", clientSecret: "secret" };
const provider = "https://provider.example.com";
const endpoints = { authorizationEndpoint: `${provider}/authorize`, tokenEndpoint: `${provider}/token`, userEndpoint: `${provider}/user` };

// zitadel_idp_oauth and zitadel_idp_google.
for (const [method, kind, request] of [
  [admin.addGenericOAuthProvider, "oauth", { ...endpoints, idAttribute: "id" }],
  [admin.addGoogleProvider, "google", {}],
]) {
  const added = await call(method, { ...secrets, name: unique("Provider"), ...request });
  assert.equal((await call(admin.getProviderByID, { id: added.id })).idp.config.config.case, kind);
  await call(admin.deleteProvider, { id: added.id });
}

// What the first API alone does: the refusal names the successor, or says that there is none.
const successors = [
  // zitadel_org, whose reading is of the first API.
  [admin.getOrgByID, { id: organizationId }, "org.v2.OrganizationService/ListOrganizations"],
  [admin.getDefaultOrg, {}, "org.v2.OrganizationService/ListOrganizations"],
  [admin.listOrgs, {}, "org.v2.OrganizationService/ListOrganizations"],
  [admin.setDefaultOrg, { orgId: organizationId }, null],
  // zitadel_project and zitadel_project_role.
  [management.addProject, { name: "Shop" }, "project.v2.ProjectService/CreateProject"],
  [management.getProjectByID, { id: "1" }, "project.v2.ProjectService/GetProject"],
  [management.updateProject, { id: "1", name: "Shop" }, "project.v2.ProjectService/UpdateProject"],
  [management.removeProject, { id: "1" }, "project.v2.ProjectService/DeleteProject"],
  [management.listProjects, {}, "project.v2.ProjectService/ListProjects"],
  [management.addProjectRole, { projectId: "1", roleKey: "admin", displayName: "Admin" }, "project.v2.ProjectService/AddProjectRole"],
  [management.listProjectRoles, { projectId: "1" }, "project.v2.ProjectService/ListProjectRoles"],
  [management.updateProjectRole, { projectId: "1", roleKey: "admin", displayName: "Chief" }, "project.v2.ProjectService/UpdateProjectRole"],
  [management.removeProjectRole, { projectId: "1", roleKey: "admin" }, "project.v2.ProjectService/RemoveProjectRole"],
  // zitadel_application_oidc.
  [management.addOIDCApp, { projectId: "1", name: "Web" }, "application.v2.ApplicationService/CreateApplication"],
  [management.getAppByID, { projectId: "1", appId: "2" }, "application.v2.ApplicationService/GetApplication"],
  [management.updateApp, { projectId: "1", appId: "2", name: "Web" }, "application.v2.ApplicationService/UpdateApplication"],
  [management.updateOIDCAppConfig, { projectId: "1", appId: "2" }, "application.v2.ApplicationService/UpdateApplication"],
  [management.removeApp, { projectId: "1", appId: "2" }, "application.v2.ApplicationService/DeleteApplication"],
  [management.listApps, { projectId: "1" }, "application.v2.ApplicationService/ListApplications"],
  // zitadel_user_grant.
  [
    management.addUserGrant,
    { userId: "1", projectId: "2", roleKeys: ["admin"] },
    "authorization.v2.AuthorizationService/CreateAuthorization",
  ],
  [management.getUserGrantByID, { userId: "1", grantId: "3" }, "authorization.v2.AuthorizationService/ListAuthorizations"],
  [management.updateUserGrant, { userId: "1", grantId: "3", roleKeys: [] }, "authorization.v2.AuthorizationService/UpdateAuthorization"],
  [management.removeUserGrant, { userId: "1", grantId: "3" }, "authorization.v2.AuthorizationService/DeleteAuthorization"],
  // zitadel_machine_key, zitadel_personal_access_token, and the secret of zitadel_machine_user.
  [management.addMachineKey, { userId: machine.id }, "user.v2.UserService/AddKey"],
  [management.getMachineKeyByIDs, { userId: machine.id, keyId: "1" }, "user.v2.UserService/ListKeys"],
  [management.removeMachineKey, { userId: machine.id, keyId: "1" }, "user.v2.UserService/RemoveKey"],
  [management.addPersonalAccessToken, { userId: machine.id }, "user.v2.UserService/AddPersonalAccessToken"],
  [management.getPersonalAccessTokenByIDs, { userId: machine.id, tokenId: "1" }, "user.v2.UserService/ListPersonalAccessTokens"],
  [management.removePersonalAccessToken, { userId: machine.id, tokenId: "1" }, "user.v2.UserService/RemovePersonalAccessToken"],
  [management.generateMachineSecret, { userId: machine.id }, "user.v2.UserService/AddSecret"],
  [management.updateMachine, { userId: machine.id, name: "Robot" }, "user.v2.UserService/UpdateUser"],
  // zitadel_org_idp_oidc and zitadel_idp_ldap.
  [management.addGenericOIDCProvider, registration, "admin.v1.AdminService/AddGenericOIDCProvider"],
  [admin.addLDAPProvider, { name: "Directory", servers: ["ldaps://ldap.example.com"] }, null],
];
for (const [method, request, successor] of successors) {
  const { status, text } = await send(method, request, here);
  const wanted = successor
    ? `${method.name} of ZITADEL's first API is not offered: call zitadel.${successor}`
    : "This service does not offer this method of ZITADEL's first API, and has no other method for it";
  assert.deepEqual([status, text], [Code.Unimplemented, `${wanted} (SESSION-Unimp)`], method.name);
}

await callBytes("org.v2.OrganizationService/DeleteOrganization", texts(organizationId));
assert.deepEqual(await readOrganization(), []);
end([]);
