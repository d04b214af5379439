// Applications of a project with their secrets and keys, by @zitadel/node.
import assert from "node:assert/strict";
import { APIAuthMethodType } from "@zitadel/node/dist/api/generated/zitadel/application/v2/api.js";
import { ApplicationState } from "@zitadel/node/dist/api/generated/zitadel/application/v2/application.js";
import { ApplicationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/application/v2/application_service.js";
import {
  OIDCApplicationType,
  OIDCAuthMethodType,
  OIDCGrantType,
  OIDCResponseType,
} from "@zitadel/node/dist/api/generated/zitadel/application/v2/oidc.js";
import { OrganizationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/org/v2/org_service.js";
import { ProjectServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/project/v2/project_service.js";
import { Application } from "@zitadel/node/dist/credentials/index.js";
import { Status } from "nice-grpc";
import { connect, refused } from "./node.mjs";
import { baseUrl, end, inAnHour, token, unique, until } from "./script.mjs";

const applications = connect(ApplicationServiceDefinition);
const { organizationId } = await connect(OrganizationServiceDefinition).addOrganization({ name: unique("Owner") });
const { projectId } = await connect(ProjectServiceDefinition).createProject({ organizationId, name: unique("Shop") });
const redirectUris = ["https://shop.example.com/callback"];

// One of OpenID Connect.
const web = await applications.createApplication({
  projectId,
  name: "Web",
  oidcConfiguration: {
    redirectUris,
    responseTypes: [OIDCResponseType.OIDC_RESPONSE_TYPE_CODE],
    grantTypes: [OIDCGrantType.OIDC_GRANT_TYPE_AUTHORIZATION_CODE, OIDCGrantType.OIDC_GRANT_TYPE_REFRESH_TOKEN],
    applicationType: OIDCApplicationType.OIDC_APP_TYPE_WEB,
    authMethodType: OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_BASIC,
    postLogoutRedirectUris: ["https://shop.example.com/"],
  },
});
const { applicationId } = web;
assert.equal(web.oidcConfiguration.clientId, applicationId);
assert.ok(web.oidcConfiguration.clientSecret.length > 20);
const read = async (id) => (await applications.getApplication({ applicationId: id })).application;
const before = await read(applicationId);
assert.deepEqual(
  [before.name, before.state, before.oidcConfiguration.redirectUris],
  ["Web", ApplicationState.APPLICATION_STATE_ACTIVE, redirectUris],
);
await applications.updateApplication({
  projectId,
  applicationId,
  name: "Shop",
  oidcConfiguration: { redirectUris: [...redirectUris, "https://shop.example.com/other"], idTokenRoleAssertion: true },
});
const after = await read(applicationId);
assert.deepEqual(
  [after.name, after.oidcConfiguration.redirectUris.length, after.oidcConfiguration.idTokenRoleAssertion],
  ["Shop", 2, true],
);
assert.deepEqual(after.oidcConfiguration.postLogoutRedirectUris, ["https://shop.example.com/"]);
assert.notEqual((await applications.generateClientSecret({ projectId, applicationId })).clientSecret, web.oidcConfiguration.clientSecret);
await refused(applications.updateApplication({ projectId, applicationId, apiConfiguration: {} }), Status.FAILED_PRECONDITION, "APP-Kind1");

// An API that authenticates with keys. The file that the service returns is what the package reads.
const api = await applications.createApplication({
  projectId,
  name: "API",
  apiConfiguration: { authMethodType: APIAuthMethodType.API_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT },
});
const key = await applications.createApplicationKey({ projectId, applicationId: api.applicationId, expirationDate: inAnHour() });
const credentials = Application.fromJsonString(key.keyDetails.toString());
assert.deepEqual([credentials.keyId, credentials.clientId], [key.keyId, api.applicationId]);
const introspect = async () =>
  fetch(`${baseUrl}/oauth/v2/introspect`, {
    method: "POST",
    body: new URLSearchParams({
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await credentials.getSignedJwt(baseUrl),
      token,
    }),
  });
await until(async () => (await introspect()).status === 200);
assert.equal((await (await introspect()).json()).active, true);
await refused(applications.generateClientSecret({ projectId, applicationId: api.applicationId }), Status.FAILED_PRECONDITION, "APP-Sec01");
assert.ok((await applications.getApplicationKey({ keyId: key.keyId })).expirationDate > new Date());
const keys = async () =>
  (await applications.listApplicationKeys({ filters: [{ applicationIdFilter: { applicationId: api.applicationId } }] })).keys;
assert.deepEqual(
  (await keys()).map((one) => [one.keyId, one.projectId, one.organizationId]),
  [[key.keyId, projectId, organizationId]],
);
assert.ok((await applications.deleteApplicationKey({ projectId, applicationId: api.applicationId, keyId: key.keyId })).deletionDate);
assert.deepEqual(await keys(), []);
await until(async () => (await introspect()).status === 401);

// A service provider of SAML.
const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://${unique("sp")}.example.com/saml">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs" index="0"/>
  </SPSSODescriptor>
</EntityDescriptor>`;
const saml = await applications.createApplication({ projectId, name: "SAML", samlConfiguration: { metadataXml: Buffer.from(metadata) } });
assert.match((await read(saml.applicationId)).samlConfiguration.metadataXml.toString(), /sp\.example\.com\/acs/);

// All of them, and the end of one.
const all = async () =>
  (await applications.listApplications({ filters: [{ projectIdFilter: { projectId } }] })).applications.map((one) => one.name).sort();
assert.deepEqual(await all(), ["API", "SAML", "Shop"]);
await applications.deactivateApplication({ projectId, applicationId });
await refused(applications.deactivateApplication({ projectId, applicationId }), Status.FAILED_PRECONDITION, "APP-St001");
assert.equal((await read(applicationId)).state, ApplicationState.APPLICATION_STATE_INACTIVE);
await applications.reactivateApplication({ projectId, applicationId });
assert.ok((await applications.deleteApplication({ projectId, applicationId })).deletionDate);
await refused(read(applicationId), Status.NOT_FOUND, "APP-Id001");
assert.deepEqual(await all(), ["API", "SAML"]);
end([ApplicationServiceDefinition]);
