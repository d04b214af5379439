// Errors as @zitadel/client decodes them: code, text, and the detail with ZITADEL's id.
import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { timestampFromDate } from "@zitadel/client";
import { CredentialsCheckErrorSchema, ErrorDetailSchema } from "@zitadel/proto/zitadel/message_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { connect, refused } from "./client.mjs";
import { end, inAnHour, password, unique } from "./script.mjs";

const users = connect(UserService);
const sessions = connect(SessionService);
const { organizationId } = await connect(OrganizationService).addOrganization({ name: unique("Acme") });
const { id: userId } = await users.createUser({
  organizationId,
  username: unique("machine"),
  userType: { case: "machine", value: { name: "Without rights" } },
});
const { token } = await users.addPersonalAccessToken({ userId, expirationDate: timestampFromDate(inAnHour()) });

// Who calls.
await refused(connect(SessionService, "unknown").listSessions({}), Code.Unauthenticated, "AUTH-7fs1e");
await refused(connect(SessionService, token, { authorization: "Basic eDp5" }).listSessions({}), Code.Unauthenticated, "AUTH-toLo1");
const denied = await refused(connect(SessionService, token).createSession({}), Code.PermissionDenied, "AUTH-AWfge");
assert.equal(denied.rawMessage, "No matching permissions found (AUTH-AWfge)");
assert.match(denied.metadata.get("x-request-id"), /^[\w:.-]+$/);
assert.equal(denied.findDetails(ErrorDetailSchema)[0].message, "No matching permissions found");

// What was asked. The rule of a field has no id.
const invalid = await refused(sessions.createSession({ lifetime: { seconds: 0n } }), Code.InvalidArgument, undefined);
assert.equal(invalid.rawMessage, "invalid CreateSessionRequest.Lifetime: value must be greater than 0s");
await refused(sessions.getSession({ sessionId: "unknown" }), Code.NotFound, "QUERY-SFeaa");
await refused(users.getUserByID({ userId: "unknown" }), Code.NotFound, "QUERY-Dfbg2");
await refused(sessions.listSessions({ query: { limit: 1001 } }), Code.InvalidArgument, "QUERY-4M0fs");

// Wrong passwords are counted.
const loginName = unique("person");
await users.addHumanUser({
  username: loginName,
  profile: { givenName: "Minnie", familyName: "Mouse" },
  email: { email: `${loginName}@example.com`, verification: { case: "isVerified", value: true } },
  passwordType: { case: "password", value: { password } },
});
for (const attempt of [1, 2]) {
  const checks = { user: { search: { case: "loginName", value: loginName } }, password: { password: "Wrong-Horse-7" } };
  const wrong = await refused(sessions.createSession({ checks }), Code.InvalidArgument, "COMMAND-3M0fs");
  const [detail] = wrong.findDetails(CredentialsCheckErrorSchema);
  assert.deepEqual([detail.failedAttempts, detail.message], [attempt, "Password is invalid"]);
}

// The text follows the language that is asked for, the id stays.
const german = await refused(
  connect(SessionService, undefined, { "accept-language": "de" }).getSession({ sessionId: "unknown" }),
  Code.NotFound,
  "QUERY-SFeaa",
);
assert.notEqual(german.rawMessage, "Session does not exist (QUERY-SFeaa)");
assert.match(german.rawMessage, /\(QUERY-SFeaa\)$/);

// A deadline and a cancellation are the client's own.
await sessions
  .getSession({ sessionId: "unknown" }, { timeoutMs: 10_000 })
  .catch((error) => assert.equal(ConnectError.from(error).code, Code.NotFound));
const canceled = new AbortController();
canceled.abort();
await assert.rejects(sessions.listSessions({}, { signal: canceled.signal }), (error) => ConnectError.from(error).code === Code.Canceled);
end([]);
