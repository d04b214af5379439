// What ZITADEL's package for Go sends, byte for byte: what its README begins with, sessions, and errors.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ManagementService } from "@zitadel/proto/zitadel/management_pb.js";
import { AuthService } from "@zitadel/proto/zitadel/auth_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { goCall } from "./generators.mjs";
import { end, password, unique } from "./script.mjs";

const send = (method, request, options) =>
  goCall(`${method.parent.typeName}/${method.name}`, toBinary(method.input, create(method.input, request)), options);
const call = async (method, request = {}, options = {}) => {
  const { status, text, message } = await send(method, request, options);
  assert.equal(status, 0, `${method.name}: ${text}`);
  return fromBinary(method.output, message);
};
const refused = async (method, request, code, text) => {
  const answer = await send(method, request);
  assert.deepEqual([answer.status, answer.text], [code, text]);
};
const [management, organizations] = [ManagementService.method, OrganizationService.method];
const [sessions, users] = [SessionService.method, UserService.method];

// The README's first calls, then for another organization.
const { org } = await call(management.getMyOrg);
assert.equal(org.id, (await call(management.getIAM)).defaultOrgId);
assert.ok((await call(AuthService.method.getMyUser)).user.id);
const { organizationId } = await call(organizations.addOrganization, { name: unique("Acme") });
assert.equal((await call(management.getMyOrg, {}, { organizationId })).org.id, organizationId);

// A person of the organization in the header, and a session.
const username = unique("person");
const human = {
  username,
  profile: { givenName: "Jörg", familyName: "Müller", gender: 0, preferredLanguage: "" },
  email: { email: `${username}@example.com`, verification: { case: "isVerified", value: true } },
  passwordType: { case: "password", value: { password } },
};
const { userId, details } = await call(users.addHumanUser, human, { organizationId });
assert.equal(details.resourceOwner, organizationId);
const { sessionId } = await call(sessions.createSession, {
  checks: { user: { search: { case: "userId", value: userId } }, password: { password } },
  lifetime: { seconds: 600n },
  metadata: { bytes: new Uint8Array([0, 255]) },
});
const { session } = await call(sessions.getSession, { sessionId });
assert.deepEqual([session.factors.user.displayName, [...session.metadata.bytes]], ["Jörg Müller", [0, 255]]);
await call(sessions.deleteSession, { sessionId });
await refused(sessions.getSession, { sessionId }, Code.NotFound, "Session does not exist (QUERY-SFeaa)");
await refused(
  sessions.createSession,
  { lifetime: {} },
  Code.InvalidArgument,
  "invalid CreateSessionRequest.Lifetime: value must be greater than 0s",
);
await call(users.deleteUser, { userId });
end([]);
