// People: their data, addresses, passwords, metadata and states.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { TextQueryMethod } from "@zitadel/proto/zitadel/object/v2/object_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { UserFieldName } from "@zitadel/proto/zitadel/user/v2/query_pb.js";
import { UserState } from "@zitadel/proto/zitadel/user/v2/user_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { connect, refused } from "./client.mjs";
import { password, unique } from "./script.mjs";

const users = connect(UserService);
const { organizationId } = await connect(OrganizationService).addOrganization({ name: unique("People") });
const username = unique("person");
const returnCode = { case: "returnCode", value: {} };
const bytes = (text) => new TextEncoder().encode(text);
const newHuman = (name, more = {}) => ({
  organizationId,
  username: name,
  userType: {
    case: "human",
    value: {
      profile: { givenName: "Minnie", familyName: "Mouse", preferredLanguage: "de" },
      email: { email: `${name}@example.com`, verification: returnCode },
      ...more,
    },
  },
});

const created = await users.createUser(newHuman(username, { metadata: [{ key: "color", value: bytes("red") }] }));
const userId = created.id;
const read = async () => (await users.getUserByID({ userId })).user;
const human = async () => (await read()).type.value;
assert.equal((await read()).details.resourceOwner, organizationId);
await refused(users.createUser(newHuman(username)), Code.AlreadyExists, "V2-uniqueness");

// Addresses and numbers are proved by codes; a newer code replaces the one before.
await users.verifyEmail({ userId, verificationCode: created.emailCode });
const email = `${unique("new")}@example.com`;
const first = (await users.setEmail({ userId, email, verification: returnCode })).verificationCode;
assert.equal((await human()).email.isVerified, false);
const second = (await users.resendEmailCode({ userId, verification: returnCode })).verificationCode;
const third = (await users.sendEmailCode({ userId, verification: returnCode })).verificationCode;
for (const verificationCode of [first, second]) {
  await refused(users.verifyEmail({ userId, verificationCode }), Code.InvalidArgument, "CODE-woT0xc");
}
await users.verifyEmail({ userId, verificationCode: third });
assert.deepEqual([(await human()).email.email, (await human()).email.isVerified], [email, true]);
await refused(
  users.setEmail({ userId, email: `x${email}`, verification: { case: "sendCode", value: {} } }),
  Code.FailedPrecondition,
  "MAIL-w8nfow",
);
await users.setPhone({ userId, phone: "+41791234567", verification: returnCode });
const { verificationCode } = await users.resendPhoneCode({ userId, verification: returnCode });
await users.verifyPhone({ userId, verificationCode });
assert.deepEqual([(await human()).phone.phone, (await human()).phone.isVerified], ["+41791234567", true]);
await users.removePhone({ userId });
await refused(
  users.setPhone({ userId, phone: "0791234567", verification: { case: "isVerified", value: true } }),
  Code.InvalidArgument,
  "PHONE-so0wa",
);

// Data.
const renamed = unique("person");
await users.updateUser({
  userId,
  username: renamed,
  userType: { case: "human", value: { profile: { givenName: "Daisy", familyName: "Duck" } } },
});
await users.updateHumanUser({ userId, profile: { givenName: "Daisy", familyName: "Duck", nickName: "D" } });
assert.deepEqual([(await read()).username, (await human()).profile.familyName, (await human()).profile.nickName], [renamed, "Duck", "D"]);
await refused(users.updateUser({ userId: "nobody", username: renamed }), Code.NotFound, "QUERY-Dfbg2");

// Search.
const other = await users.addHumanUser({
  organization: { org: { case: "orgId", value: organizationId } },
  username: unique("other"),
  profile: { givenName: "Goofy", familyName: "Dog" },
  email: { email: `${unique("other")}@example.com`, verification: { case: "isVerified", value: true } },
});
const find = async (page, ...queries) =>
  users.listUsers({ query: page, sortingColumn: UserFieldName.CREATION_DATE, queries: queries.map((query) => ({ query })) });
const mine = { case: "organizationIdQuery", value: { organizationId } };
const all = await find({ asc: true }, mine);
assert.deepEqual([all.result.map((user) => user.userId), all.details.totalResult], [[userId, other.userId], 2n]);
assert.deepEqual(
  (await find({ asc: true, offset: 1n, limit: 1 }, mine)).result.map((user) => user.userId),
  [other.userId],
);
const byName = { case: "userNameQuery", value: { userName: renamed.slice(0, -3), method: TextQueryMethod.STARTS_WITH } };
assert.deepEqual(
  (await find({}, byName)).result.map((user) => user.userId),
  [userId],
);
const either = {
  case: "orQuery",
  value: { queries: [{ query: byName }, { query: { case: "firstNameQuery", value: { firstName: "Goofy" } } }] },
};
assert.equal((await find({}, mine, either)).result.length, 2);

// Metadata.
await users.setUserMetadata({
  userId,
  metadata: [
    { key: "color", value: bytes("blue") },
    { key: "size", value: bytes("L") },
  ],
});
const metadata = async () =>
  (await users.listUserMetadata({ userId, pagination: { asc: true } })).metadata.map(({ key, value }) => [
    key,
    new TextDecoder().decode(value),
  ]);
assert.deepEqual(await metadata(), [
  ["color", "blue"],
  ["size", "L"],
]);
await users.deleteUserMetadata({ userId, keys: ["color"] });
assert.deepEqual(await metadata(), [["size", "L"]]);

// Passwords.
const reset = (await users.passwordReset({ userId, medium: returnCode })).verificationCode;
const choose = (value, code) =>
  users.setPassword({ userId, newPassword: { password: value }, verification: { case: "verificationCode", value: code } });
await refused(choose(password, "WRONG1"), Code.InvalidArgument, "CODE-woT0xc");
await refused(choose("short", reset), Code.InvalidArgument, "DOMAIN-HuJf6");
await choose(password, reset);
const login = () =>
  connect(SessionService).createSession({ checks: { user: { search: { case: "userId", value: userId } }, password: { password } } });
assert.ok((await login()).sessionToken);

// States.
await users.lockUser({ userId });
await refused(users.lockUser({ userId }), Code.FailedPrecondition, "COMMAND-lgws8wtsqf");
await refused(login(), Code.FailedPrecondition, "SESSION-Gj4ko");
assert.equal((await read()).state, UserState.LOCKED);
await users.unlockUser({ userId });
await users.deactivateUser({ userId });
assert.equal((await read()).state, UserState.INACTIVE);
await users.reactivateUser({ userId });
assert.ok((await login()).sessionToken);
await users.deleteUser({ userId });
await refused(read(), Code.NotFound, "QUERY-Dfbg2");
