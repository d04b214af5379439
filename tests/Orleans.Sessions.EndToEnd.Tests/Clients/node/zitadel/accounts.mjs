// Every way in which a service account authenticates with @zitadel/node, and what examples begin with.
import assert from "node:assert/strict";
import {
  createAdminClient,
  createAuthClient,
  createManagementClient,
  createServiceAccountInterceptor,
  createSessionClient,
  createSystemClient,
} from "@zitadel/node/dist/api/index.js";
import { UserServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/user/v2/user_service.js";
import { ServiceAccount } from "@zitadel/node/dist/credentials/index.js";
import { Status } from "nice-grpc";
import { asHolderOf, connect, refused } from "./node.mjs";
import { baseUrl, end, fails, inAnHour, token, unique, until } from "./script.mjs";

const { InternalPermissionServiceDefinition } = await import(
  "@zitadel/node/dist/api/generated/zitadel/internal_permission/v2/internal_permission_service.js"
);
const apiAccess = "urn:zitadel:iam:org:project:id:zitadel:aud";
const users = connect(UserServiceDefinition);
const administrators = connect(InternalPermissionServiceDefinition);
const { org } = await createManagementClient(baseUrl, asHolderOf(token)).getMyOrg({});
const username = unique("service");
const { id: userId } = await users.createUser({ organizationId: org.id, username, machine: { name: "Service" } });
const whoIs = async (caller) => (await createAuthClient(baseUrl, caller).getMyUser({})).user.id;

// A key: the file that the service returns is what the package reads.
const { keyId, keyContent } = await users.addKey({ userId, expirationDate: inAnHour() });
const account = ServiceAccount.fromJsonString(keyContent.toString());
assert.deepEqual([account.userId, account.keyId], [userId, keyId]);
assert.equal(await whoIs(createServiceAccountInterceptor(baseUrl, account, { apiAccess: true })), userId);

// Assertions of one second are the same text, because they have no jti.
const tokens = await Promise.all([1, 2, 3].map(() => account.authenticate(baseUrl, { apiAccess: true })));
for (const accessToken of tokens) {
  assert.equal(await whoIs(asHolderOf(accessToken)), userId);
}
const withoutApi = await account.authenticate(baseUrl);
await refused(whoIs(asHolderOf(withoutApi)), Status.UNAUTHENTICATED, "APP-Zxfako");

// A personal access token.
const pat = await users.addPersonalAccessToken({ userId, expirationDate: inAnHour() });
assert.equal(await whoIs(asHolderOf(pat.token)), userId);
await users.removePersonalAccessToken({ userId, tokenId: pat.tokenId });
await until(() => fails(whoIs(asHolderOf(pat.token))));
await refused(whoIs(asHolderOf(pat.token)), Status.UNAUTHENTICATED, "AUTH-7fs1e");

// Client credentials.
const { clientSecret } = await users.addSecret({ userId });
const answer = await fetch(`${baseUrl}/oauth/v2/token`, {
  method: "POST",
  headers: { authorization: `Basic ${Buffer.from(`${username}:${clientSecret}`).toString("base64")}` },
  body: new URLSearchParams({ grant_type: "client_credentials", scope: `openid ${apiAccess}` }),
});
assert.equal(answer.status, 200);
assert.equal(await whoIs(asHolderOf((await answer.json()).access_token)), userId);

// Rights are those of the account.
const caller = createServiceAccountInterceptor(baseUrl, account, { apiAccess: true });
const getMyOrg = () => createManagementClient(baseUrl, caller).getMyOrg({});
await refused(getMyOrg(), Status.PERMISSION_DENIED, "AUTH-AWfge");
await administrators.createAdministrator({ userId, resource: { organizationId: org.id }, roles: ["ORG_OWNER"] });
await until(async () => !(await fails(getMyOrg())));
assert.equal((await getMyOrg()).org.id, org.id);
await refused(
  administrators.createAdministrator({ userId, resource: { organizationId: org.id }, roles: ["ORG_OWNER"] }),
  Status.ALREADY_EXISTS,
  "COMMAND-ERB4q",
);
const mine = { filters: [{ inUserIdsFilter: { ids: [userId] } }] };
assert.deepEqual(
  (await administrators.listAdministrators(mine)).administrators.map(({ roles, organization }) => [roles, organization.id]),
  [[["ORG_OWNER"], org.id]],
);
await administrators.updateAdministrator({ userId, resource: { organizationId: org.id }, roles: ["ORG_USER_MANAGER"] });
assert.deepEqual((await administrators.listAdministrators(mine)).administrators[0].roles, ["ORG_USER_MANAGER"]);
assert.ok((await administrators.deleteAdministrator({ userId, resource: { organizationId: org.id } })).deletionDate);
assert.equal((await administrators.listAdministrators(mine)).pagination.totalResult.toNumber(), 0);
await refused(
  administrators.createAdministrator({ userId, resource: { projectId: "any" }, roles: ["PROJECT_OWNER"] }),
  Status.UNIMPLEMENTED,
  "SESSION-Unimp",
);

// A removed key is worth nothing.
await users.removeKey({ userId, keyId });
await assert.rejects(
  account.authenticate(baseUrl),
  (error) => error.response.status === 400 && error.response.data.error === "invalid_grant",
);

// What examples begin with, and what is not offered.
assert.equal((await createManagementClient(baseUrl, asHolderOf(token)).getIAM({})).defaultOrgId.length > 0, true);
await createSystemClient(baseUrl).healthz({});
const admin = createAdminClient(baseUrl, asHolderOf(token));
assert.ok((await admin.listProviders({})).details);
await refused(admin.listOrgs({}), Status.UNIMPLEMENTED, "SESSION-Unimp");
await refused(createSessionClient(baseUrl, asHolderOf(token)).listSessions({}), Status.UNIMPLEMENTED, "SESSION-Unimp");
end([InternalPermissionServiceDefinition]);
