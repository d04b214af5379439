// Providers and which of them login pages offer, by @zitadel/client.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { AdminService } from "@zitadel/proto/zitadel/admin_pb.js";
import { AutoLinkingOption, ProviderType } from "@zitadel/proto/zitadel/idp_pb.js";
import { IDPState, IDPType } from "@zitadel/proto/zitadel/idp/v2/idp_pb.js";
import { IdentityProviderService } from "@zitadel/proto/zitadel/idp/v2/idp_service_pb.js";
import { TextQueryMethod } from "@zitadel/proto/zitadel/object_pb.js";
import { SettingsService } from "@zitadel/proto/zitadel/settings/v2/settings_service_pb.js";
import { connect, refused } from "./client.mjs";
import { end, unique } from "./script.mjs";

const admin = connect(AdminService);
const providers = connect(IdentityProviderService);
const settings = connect(SettingsService);
const name = unique("Provider");
const registration = {
  name,
  issuer: "https://provider.example.com",
  clientId: "client",
  clientSecret: "very secret",
  scopes: ["openid", "email"],
};

const { id, details } = await admin.addGenericOIDCProvider({
  ...registration,
  providerOptions: { isLinkingAllowed: true, isAutoCreation: true, isCreationAllowed: true, autoLinking: AutoLinkingOption.EMAIL },
});
assert.equal(details.sequence, 1n);
await refused(
  admin.addGenericOIDCProvider({ ...registration, issuer: "http://provider.example.com" }),
  Code.InvalidArgument,
  "COMMAND-idpIn",
);
const { idp } = await admin.getProviderByID({ id });
assert.deepEqual(
  [idp.name, idp.type, idp.config.config.case, idp.config.config.value.issuer],
  [name, ProviderType.OIDC, "oidc", registration.issuer],
);
assert.equal(idp.config.options.autoLinking, AutoLinkingOption.EMAIL);
const query = { query: { case: "idpNameQuery", value: { name, method: TextQueryMethod.STARTS_WITH } } };
const found = await admin.listProviders({ queries: [query] });
assert.deepEqual([found.result.map((provider) => provider.id), found.details.totalResult], [[id], 1n]);

// What login frontends see.
const seen = (await providers.getIDPByID({ id })).idp;
assert.deepEqual(
  [seen.name, seen.state, seen.type, seen.config.options.isLinkingAllowed],
  [name, IDPState.IDP_STATE_ACTIVE, IDPType.IDP_TYPE_OIDC, true],
);
const offered = async () =>
  (await settings.getActiveIdentityProviders({ linkingAllowed: true })).identityProviders.map((provider) => provider.id);
const inPolicy = async () => (await admin.listLoginPolicyIDPs({})).result.map((link) => link.idpId);
assert.ok((await offered()).includes(id) && (await inPolicy()).includes(id));
await admin.removeIDPFromLoginPolicy({ idpId: id });
assert.ok(!(await offered()).includes(id) && !(await inPolicy()).includes(id));
await admin.addIDPToLoginPolicy({ idpId: id });
assert.ok((await offered()).includes(id));

await admin.updateGenericOIDCProvider({ ...registration, id, name: `${name} 2` });
assert.equal((await admin.getProviderByID({ id })).idp.name, `${name} 2`);
await refused(admin.updateGenericOIDCProvider({ ...registration, id: "unknown" }), Code.NotFound, "COMMAND-idpNf");
await admin.deleteProvider({ id });
await refused(admin.getProviderByID({ id }), Code.NotFound, "QUERY-SAFrt");
await refused(providers.getIDPByID({ id }), Code.NotFound, "QUERY-SAFrt");

// Other kinds.
const [clientId, clientSecret] = ["client", "secret"];
const [authorizationEndpoint, tokenEndpoint, userEndpoint] = ["authorize", "token", "user"].map((path) => `https://upstream.example/${path}`);
const oauth = { clientId, clientSecret, authorizationEndpoint, tokenEndpoint, userEndpoint, idAttribute: "id" };
for (const [kind, add] of [
  ["oauth", () => admin.addGenericOAuthProvider({ name, ...oauth })],
  ["google", () => admin.addGoogleProvider({ name, clientId, clientSecret })],
]) {
  const added = await add();
  const shown = (await admin.getProviderByID({ id: added.id })).idp;
  assert.deepEqual([shown.name, shown.config.config.case, shown.config.config.value.clientId], [name, kind, clientId]);
  await admin.deleteProvider({ id: added.id });
}

// These kinds are not offered.
const ldap = { servers: ["ldaps://ldap.example"], baseDn: "dc=example", bindDn: "cn=reader", bindPassword: "secret", userBase: "dn" };
for (const call of [
  () => admin.addLDAPProvider({ name, ...ldap, userObjectClasses: ["person"], userFilters: ["uid"] }),
  () => admin.addSAMLProvider({ name, metadata: { case: "metadataXml", value: new TextEncoder().encode("<EntityDescriptor/>") } }),
]) {
  await refused(call(), Code.Unimplemented, "SESSION-Unimp");
}
end([IdentityProviderService]);
