// What ZITADEL's package for Java sends, byte for byte: sessions and people over REST.
import assert from "node:assert/strict";
import { javaCall } from "./generators.mjs";
import { end, password, unique } from "./script.mjs";

const call = async (status, ...request) => {
  const told = await javaCall(...request);
  assert.deepEqual([told.status, told.ignored], [status, null], JSON.stringify(told.body));
  return told.body;
};

// It writes the defaults of lists and of enumerations, and times with nanoseconds.
const username = unique("person");
const { userId } = await call(200, "POST", "/v2/users/human", {
  username,
  profile: { givenName: "Jörg", familyName: "Müller", gender: "GENDER_UNSPECIFIED" },
  email: { email: `${username}@example.com`, isVerified: true },
  metadata: [],
  password: { password },
  idpLinks: [],
});
const byName = { userNameQuery: { userName: username, method: "TEXT_QUERY_METHOD_EQUALS" } };
const found = await call(200, "POST", "/v2/users", {
  query: { offset: "0", limit: 5, asc: true },
  sortingColumn: "USER_FIELD_NAME_UNSPECIFIED",
  queries: [byName],
});
assert.deepEqual(
  found.result.map((user) => user.userId),
  [userId],
);

const created = await call(201, "POST", "/v2/sessions", { checks: { user: { loginName: username } }, metadata: {}, lifetime: "18000s" });
const path = `/v2/sessions/${created.sessionId}`;
assert.equal((await call(200, "GET", `${path}?sessionToken=${encodeURIComponent(created.sessionToken)}`)).session.id, created.sessionId);
const listed = await call(200, "POST", "/v2/sessions/search", {
  query: { offset: "0" },
  queries: [{ creationDateQuery: { creationDate: "2026-01-31T12:00:00.123456789Z", method: "TIMESTAMP_QUERY_METHOD_GREATER" } }],
  sortingColumn: "SESSION_FIELD_NAME_UNSPECIFIED",
});
assert.ok(listed.sessions.some((session) => session.id === created.sessionId));
assert.ok((await call(200, "PATCH", path, { checks: { password: { password } }, metadata: {}, lifetime: "36000s" })).sessionToken);
const unknown = await javaCall("GET", `/v2/sessions/${unique("none")}?sessionToken=${encodeURIComponent(created.sessionToken)}`);
assert.deepEqual([unknown.status, unknown.body.code, unknown.body.details[0].id], [404, 5, "QUERY-SFeaa"]);
await call(200, "DELETE", path, {});
assert.equal((await javaCall("GET", path)).status, 404);
await call(200, "POST", `/v2/users/${userId}/lock`, {});
await call(200, "DELETE", `/v2/users/${userId}`);
end([]);
