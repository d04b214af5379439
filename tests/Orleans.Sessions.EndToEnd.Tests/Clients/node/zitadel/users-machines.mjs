// Service accounts and their credentials.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { timestampFromDate } from "@zitadel/client";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { connect, refused } from "./client.mjs";
import { fails, inAnHour, unique, until } from "./script.mjs";

const users = connect(UserService);
const { organizationId } = await connect(OrganizationService).addOrganization({ name: unique("Machines") });
const created = await users.createUser({
  organizationId,
  username: unique("machine"),
  userType: { case: "machine", value: { name: "Robot" } },
});
const userId = created.id;
await users.updateUser({ userId, userType: { case: "machine", value: { description: "Cleans up" } } });
const machine = (await users.getUserByID({ userId })).user.type;
assert.deepEqual([machine.case, machine.value.name, machine.value.description], ["machine", "Robot", "Cleans up"]);
const expirationDate = timestampFromDate(inAnHour());
const ofThis = [{ filter: { case: "userIdFilter", value: { id: userId } } }];

// A secret.
const { clientSecret } = await users.addSecret({ userId });
assert.notEqual((await users.addSecret({ userId })).clientSecret, clientSecret);
await users.removeSecret({ userId });
await refused(users.removeSecret({ userId }), Code.NotFound, "COMMAND-coi82n");

// Keys: made by the service, or by the account's owner.
const made = await users.addKey({ userId, expirationDate });
const content = JSON.parse(new TextDecoder().decode(made.keyContent));
assert.deepEqual([content.type, content.keyId, content.userId], ["serviceaccount", made.keyId, userId]);
const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const own = await users.addKey({
  userId,
  expirationDate,
  publicKey: new TextEncoder().encode(String(publicKey.export({ type: "spki", format: "pem" }))),
});
assert.equal(own.keyContent.length, 0);
const keys = async () => (await users.listKeys({ filters: ofThis })).result.map((key) => key.id).sort();
assert.deepEqual(await keys(), [made.keyId, own.keyId].sort());
await refused(
  users.addKey({ userId, expirationDate, publicKey: new TextEncoder().encode("nonsense") }),
  Code.InvalidArgument,
  "COMMAND-Key01",
);
await users.removeKey({ userId, keyId: made.keyId });
await refused(users.removeKey({ userId, keyId: made.keyId }), Code.NotFound, "COMMAND-4m77K");
assert.deepEqual(await keys(), [own.keyId]);

// Personal access tokens.
const pat = await users.addPersonalAccessToken({ userId, expirationDate });
const tokens = async () => (await users.listPersonalAccessTokens({ filters: ofThis })).result;
assert.deepEqual(
  (await tokens()).map((one) => [one.id, one.userId, one.organizationId]),
  [[pat.tokenId, userId, organizationId]],
);
assert.equal((await connect(UserService, pat.token).getUserByID({ userId })).user.userId, userId);
await users.removePersonalAccessToken({ userId, tokenId: pat.tokenId });
await until(() => fails(connect(UserService, pat.token).getUserByID({ userId })));
await refused(connect(UserService, pat.token).getUserByID({ userId }), Code.Unauthenticated, "AUTH-7fs1e");
assert.deepEqual(await tokens(), []);
