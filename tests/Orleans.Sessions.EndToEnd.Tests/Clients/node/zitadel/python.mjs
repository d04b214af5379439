// What ZITADEL's package for Python sends, byte for byte: people, sessions, and organizations to their end.
import assert from "node:assert/strict";
import { pythonCall } from "./generators.mjs";
import { end, password, unique } from "./script.mjs";

const [users, sessions, organizations] = ["user.v2.UserService", "session.v2.SessionService", "org.v2.OrganizationService"].map(
  (service) => async (method, body) => {
    const { status, ignored, body: told } = await pythonCall(`zitadel.${service}/${method}`, body);
    assert.deepEqual([status, ignored], [200, null], `${method}: ${JSON.stringify(told)}`);
    return told;
  },
);
const refused = async (method, body, status, code, id) => {
  const { status: told, body: error } = await pythonCall(`zitadel.${method}`, body);
  assert.deepEqual([told, error.code, / \(([^()]*)\)$/.exec(error.message)?.[1]], [status, code, id], error.message);
  assert.equal(error.details[0].type, "zitadel.v1.ErrorDetail");
};

// The session's life in the package's own tests.
const username = unique("person");
const { userId } = await users("AddHumanUser", {
  username,
  profile: { givenName: "Jörg", familyName: "Müller" },
  email: { email: `${username}@example.com`, isVerified: true },
  password: { password },
});
assert.equal((await users("GetUserByID", { userId })).user.human.profile.givenName, "Jörg");
const created = await sessions("CreateSession", {
  checks: { user: { loginName: username } },
  metadata: { app: "c2hvcA==" },
  lifetime: "18000s",
});
const { sessionId } = created;
assert.equal((await sessions("GetSession", { sessionId })).session.metadata.app, "c2hvcA==");
assert.ok((await sessions("ListSessions", { queries: [] })).sessions.some((session) => session.id === sessionId));
const proved = await sessions("SetSession", { sessionId, checks: { password: { password } }, lifetime: "36000s" });
assert.notEqual(proved.sessionToken, created.sessionToken);
await refused(
  "session.v2.SessionService/GetSession",
  { sessionId: unique("none"), sessionToken: created.sessionToken },
  404,
  "not_found",
  "QUERY-SFeaa",
);
await sessions("DeleteSession", { sessionId });
await refused("session.v2.SessionService/GetSession", { sessionId }, 404, "not_found", "QUERY-SFeaa");

// Organizations.
const name = unique("Acme");
const { organizationId } = await organizations("AddOrganization", { name, admins: [] });
await organizations("UpdateOrganization", { organizationId, name: `${name} AG` });
await refused(
  "org.v2.OrganizationService/UpdateOrganization",
  { organizationId, name: `${name} AG` },
  400,
  "failed_precondition",
  "EVENT-4VSdf",
);
const find = async () => (await organizations("ListOrganizations", { queries: [{ idQuery: { id: organizationId } }] })).result ?? [];
assert.equal((await find())[0].name, `${name} AG`);

const domain = `${unique("shop")}.example`;
await organizations("AddOrganizationDomain", { organizationId, domain });
await refused("org.v2.OrganizationService/VerifyOrganizationDomain", { organizationId, domain }, 400, "failed_precondition", "ORG-SFBB3");
const challenge = await organizations("GenerateOrganizationDomainValidation", {
  organizationId,
  domain,
  type: "DOMAIN_VALIDATION_TYPE_HTTP",
});
assert.ok(challenge.url.endsWith(`${challenge.token}.txt`));
assert.deepEqual(
  (await organizations("ListOrganizationDomains", { organizationId, filters: [] })).domains.map((one) => one.domain),
  [domain],
);
await organizations("DeleteOrganizationDomain", { organizationId, domain });

await organizations("SetOrganizationMetadata", { organizationId, metadata: [{ key: "env", value: "cHJvZA==" }] });
const metadata = await organizations("ListOrganizationMetadata", {
  organizationId,
  pagination: { offset: 0, limit: 10, asc: true },
  filters: [],
});
assert.deepEqual(
  metadata.metadata.map(({ key, value }) => [key, value]),
  [["env", "cHJvZA=="]],
);
await organizations("DeleteOrganizationMetadata", { organizationId, keys: ["env"] });
await refused("org.v2.OrganizationService/DeleteOrganizationMetadata", { organizationId, keys: ["env"] }, 404, "not_found", "META-2npds");

await organizations("DeactivateOrganization", { organizationId });
assert.equal((await find())[0].state, "ORGANIZATION_STATE_INACTIVE");
await organizations("ActivateOrganization", { organizationId });
await organizations("DeleteOrganization", { organizationId });
await refused("org.v2.OrganizationService/DeleteOrganization", { organizationId }, 404, "not_found", "COMMA-aps2n");
assert.deepEqual(await find(), []);
end([]);
