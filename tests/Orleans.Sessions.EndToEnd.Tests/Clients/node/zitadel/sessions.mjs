// Sessions, by @zitadel/client: created, checked, found, read and ended.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { CredentialsCheckErrorSchema } from "@zitadel/proto/zitadel/message_pb.js";
import { UserVerificationRequirement } from "@zitadel/proto/zitadel/session/v2/challenge_pb.js";
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { connect, refused } from "./client.mjs";
import { end, password, unique } from "./script.mjs";

const users = connect(UserService);
const sessions = connect(SessionService);
const loginName = unique("person");
const { userId } = await users.addHumanUser({
  username: loginName,
  profile: { givenName: "Minnie", familyName: "Mouse" },
  email: { email: `${loginName}@example.com`, verification: { case: "isVerified", value: true } },
  passwordType: { case: "password", value: { password } },
});
await users.addOTPEmail({ userId });

// Each check adds a factor and changes the token.
const fingerprintId = unique("browser");
const created = await sessions.createSession({
  checks: { user: { search: { case: "loginName", value: loginName } } },
  metadata: { app: new TextEncoder().encode("shop") },
  userAgent: { fingerprintId, ip: "192.0.2.1", description: "Browser", header: { "accept-language": { values: ["de", "en"] } } },
  lifetime: { seconds: 600n },
});
const { sessionId } = created;
const checkPassword = (value, more = {}) =>
  sessions.setSession({ sessionId, sessionToken: created.sessionToken, checks: { password: { password: value } }, ...more });
const wrong = await refused(checkPassword("Wrong-Horse-7"), Code.InvalidArgument, "COMMAND-3M0fs");
assert.equal(wrong.findDetails(CredentialsCheckErrorSchema)[0].failedAttempts, 1);
const challenged = await checkPassword(password, { challenges: { otpEmail: { deliveryType: { case: "returnCode", value: {} } } } });
assert.notEqual(challenged.sessionToken, created.sessionToken);
assert.match(challenged.challenges.otpEmail, /^\d{8}$/);
const proved = await sessions.setSession({
  sessionId,
  sessionToken: challenged.sessionToken,
  checks: { otpEmail: { code: challenged.challenges.otpEmail } },
  metadata: { step: new Uint8Array([2]) },
});
await refused(sessions.setSession({ sessionId, checks: { totp: { code: "000000" } } }), Code.FailedPrecondition, "COMMAND-3Mif9s");
await refused(
  sessions.setSession({
    sessionId,
    challenges: { webAuthN: { domain: "localhost", userVerificationRequirement: UserVerificationRequirement.REQUIRED } },
  }),
  Code.FailedPrecondition,
  "WEBAU-4G8sw",
);

// It is found, and read by its own token.
const find = async (...queries) =>
  (await sessions.listSessions({ queries: queries.map((query) => ({ query })) })).sessions.map(({ id }) => id);
assert.deepEqual(await find({ case: "idsQuery", value: { ids: [sessionId] } }), [sessionId]);
assert.deepEqual(await find({ case: "userIdQuery", value: { id: userId } }, { case: "creatorQuery", value: {} }), [sessionId]);
assert.deepEqual(await find({ case: "userAgentQuery", value: { fingerprintId } }), [sessionId]);
const { session } = await connect(SessionService, proved.sessionToken).getSession({ sessionId });
assert.deepEqual([session.id, session.factors.user.id, session.factors.user.loginName], [sessionId, userId, loginName]);
assert.ok(session.factors.password.verifiedAt && session.factors.otpEmail.verifiedAt && !session.factors.totp);
assert.deepEqual(Object.keys(session.metadata).sort(), ["app", "step"]);
assert.equal(new TextDecoder().decode(session.metadata.app), "shop");
assert.deepEqual(session.userAgent.header["accept-language"].values, ["de", "en"]);
assert.ok(session.expirationDate.seconds > session.creationDate.seconds);
assert.equal(session.sequence, proved.details.sequence);
await refused(sessions.getSession({ sessionId, sessionToken: created.sessionToken }), Code.PermissionDenied, "QUERY-dsfr3");

// It ends.
await refused(sessions.deleteSession({ sessionId, sessionToken: created.sessionToken }), Code.PermissionDenied, "COMMAND-sGr42");
await sessions.deleteSession({ sessionId, sessionToken: proved.sessionToken });
await refused(sessions.getSession({ sessionId }), Code.NotFound, "QUERY-SFeaa");
await refused(sessions.setSession({ sessionId, lifetime: { seconds: 60n } }), Code.FailedPrecondition, "COMMAND-Hewfq");
assert.deepEqual(await find({ case: "idsQuery", value: { ids: [sessionId] } }), []);
end([SessionService]);
