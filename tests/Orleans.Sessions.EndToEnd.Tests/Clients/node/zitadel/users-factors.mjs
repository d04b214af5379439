// The ways in of people: codes, authenticator apps, passkeys, security keys, invitations and links to providers.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { AdminService } from "@zitadel/proto/zitadel/admin_pb.js";
import { AuthFactorState } from "@zitadel/proto/zitadel/user/v2/user_pb.js";
import { AuthenticationMethodType, UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { connect, refused } from "./client.mjs";
import { totp, unique } from "./script.mjs";

const users = connect(UserService);
const isVerified = { case: "isVerified", value: true };
const returnCode = { case: "returnCode", value: {} };
const newHuman = async () => {
  const username = unique("person");
  const { userId } = await users.addHumanUser({
    username,
    profile: { givenName: "Minnie", familyName: "Mouse" },
    email: { email: `${username}@example.com`, verification: isVerified },
    phone: { phone: `+4179${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`, verification: isVerified },
  });
  return userId;
};
const userId = await newHuman();
const methods = async () => (await users.listAuthenticationMethodTypes({ userId })).authMethodTypes;
assert.deepEqual(await methods(), []);

// Codes.
const { secret, uri } = await users.registerTOTP({ userId });
assert.match(uri, /^otpauth:\/\/totp\//);
await refused(users.verifyTOTPRegistration({ userId, code: "12" }), Code.InvalidArgument, "EVENT-8isk2");
await users.verifyTOTPRegistration({ userId, code: totp(secret) });
await refused(users.registerTOTP({ userId }), Code.AlreadyExists, "COMMAND-do9se");
await users.addOTPEmail({ userId });
await users.addOTPSMS({ userId });
assert.deepEqual(
  (await methods()).sort(),
  [AuthenticationMethodType.TOTP, AuthenticationMethodType.OTP_SMS, AuthenticationMethodType.OTP_EMAIL].sort(),
);
assert.equal((await users.listAuthenticationFactors({ userId })).result.length, 3);
await users.removeTOTP({ userId });
await users.removeOTPEmail({ userId });
await users.removeOTPSMS({ userId });
await refused(users.removeOTPSMS({ userId }), Code.NotFound, "COMMAND-Sr3h3");
assert.deepEqual(await methods(), []);
await users.humanMFAInitSkipped({ userId });
assert.ok((await users.getUserByID({ userId })).user.type.value.mfaInitSkipped);

// Passkeys and security keys, as far as that goes without a browser.
const { code } = await users.createPasskeyRegistrationLink({ userId, medium: returnCode });
await refused(
  users.registerPasskey({ userId, domain: "localhost", code: { id: code.id, code: "wrong" } }),
  Code.InvalidArgument,
  "COMMAND-Eeb2a",
);
const passkey = await users.registerPasskey({ userId, domain: "localhost", code });
assert.equal(passkey.publicKeyCredentialCreationOptions.publicKey.rp.id, "localhost");
await refused(
  users.verifyPasskeyRegistration({ userId, passkeyId: passkey.passkeyId, passkeyName: "Key", publicKeyCredential: {} }),
  Code.InvalidArgument,
  "WEBAU-sEr8c",
);
const { passkeyId } = passkey;
const passkeys = async () => (await users.listPasskeys({ userId })).result.map((one) => [one.id, one.state]);
assert.deepEqual(await passkeys(), [[passkeyId, AuthFactorState.NOT_READY]]);
await users.removePasskey({ userId, passkeyId });
await refused(users.removePasskey({ userId, passkeyId }), Code.NotFound, "COMMAND-DAfb2");
assert.deepEqual(await passkeys(), []);
const key = await users.registerU2F({ userId, domain: "localhost" });
assert.ok(key.publicKeyCredentialCreationOptions.publicKey.challenge);
await refused(
  users.verifyU2FRegistration({ userId, u2fId: key.u2fId, tokenName: "Key", publicKeyCredential: {} }),
  Code.InvalidArgument,
  "WEBAU-sEr8c",
);
await users.removeU2F({ userId, u2fId: key.u2fId });
await refused(users.removeU2F({ userId, u2fId: key.u2fId }), Code.NotFound, "COMMAND-DAfb2");

// An invitation.
const invited = await newHuman();
const { inviteCode } = await users.createInviteCode({ userId: invited, verification: returnCode });
await refused(users.resendInviteCode({ userId: invited }), Code.FailedPrecondition, "MAIL-w8nfow");
await refused(users.verifyInviteCode({ userId: invited, verificationCode: "WRONG1" }), Code.InvalidArgument, "CODE-woT0xc");
await users.verifyInviteCode({ userId: invited, verificationCode: inviteCode });

// A link to a provider.
const admin = connect(AdminService);
const provider = await admin.addGenericOIDCProvider({
  name: unique("Provider"),
  issuer: "https://provider.example.com",
  clientId: "client",
  clientSecret: "secret",
  providerOptions: { isLinkingAllowed: true },
});
await users.addIDPLink({ userId, idpLink: { idpId: provider.id, userId: "external", userName: "Minnie there" } });
const links = async () => (await users.listIDPLinks({ userId })).result.map((link) => [link.idpId, link.userId, link.userName]);
assert.deepEqual(await links(), [[provider.id, "external", "Minnie there"]]);
await users.removeIDPLink({ userId, idpId: provider.id, linkedUserId: "external" });
await refused(users.removeIDPLink({ userId, idpId: provider.id, linkedUserId: "external" }), Code.NotFound, "COMMAND-1M9xR");
assert.deepEqual(await links(), []);
await admin.deleteProvider({ id: provider.id });
