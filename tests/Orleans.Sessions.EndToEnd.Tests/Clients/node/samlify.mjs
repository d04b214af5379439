// samlify as a service provider; the login frontend is a few calls with the administrator's token.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import samlify from 'samlify';

const { ORIGIN, ADMIN_TOKEN, SP, KEY, CERTIFICATE, SESSIONS, USER_ID, EMAIL } = process.env;
const { Constants, IdentityProvider, ServiceProvider, setSchemaValidator } = samlify;
const { post } = Constants.namespace.binding;

async function api(method, path, body) {
  const response = await fetch(ORIGIN + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

const attribute = (html, name) => new RegExp(`${name}="([^"]*)"`).exec(html)[1]
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)));
const field = (html, name) => attribute(html.slice(html.indexOf(`name="${name}"`)), 'value').replace(/\s/g, '');

// The library wants a validator of schemas, and has none.
setSchemaValidator({ validate: async () => 'not validated' });
const metadata = await (await fetch(`${ORIGIN}/saml/v2/metadata`)).text();

for (const [signs, session] of JSON.parse(SESSIONS)) {
  const entityID = `${SP}/${signs ? 'signs' : 'does-not-sign'}`;
  const [acs, slo] = [`${entityID}/acs`, `${entityID}/slo`];
  const idp = IdentityProvider({
    // The library signs its requests only if the metadata ask everybody for it.
    metadata: signs ? metadata.replace('<md:IDPSSODescriptor ', '$&WantAuthnRequestsSigned="true" ') : metadata,
    wantLogoutRequestSigned: true,
  });
  const sp = ServiceProvider({
    entityID,
    signingCert: CERTIFICATE,
    privateKey: KEY,
    authnRequestsSigned: signs,
    wantAssertionsSigned: true,
    wantLogoutResponseSigned: true,
    assertionConsumerService: [{ Binding: post, Location: acs }],
    singleLogoutService: [{ Binding: post, Location: slo }],
  });
  await api('POST', '/v2/saml/service_providers', { settings: { name: 'samlify', metadata: sp.getMetadata() } });

  const request = sp.createLoginRequest(idp, 'redirect', { relayState: 'relay-1&2' });
  const started = await fetch(request.context, { redirect: 'manual' });
  assert.equal(started.status, 302, await started.text());
  const requestId = new URL(started.headers.get('location')).searchParams.get('samlRequest');
  const answer = await api('POST', `/v2/saml/saml_requests/${requestId}`, { session });
  assert.equal(answer.url, acs);
  assert.equal(answer.post.relayState, 'relay-1&2');
  const { samlResponse } = answer.post;
  const { extract } = await sp.parseLoginResponse(idp, 'post', { body: { SAMLResponse: samlResponse } });
  assert.equal(extract.response.inResponseTo, request.id);
  assert.equal(extract.audience, entityID);
  assert.equal(extract.nameID, EMAIL);
  assert.equal(extract.attributes.UserID, USER_ID);
  const forged = Buffer.from(Buffer.from(samlResponse, 'base64').toString().replaceAll(EMAIL, 'mickey@example.com')).toString('base64');
  await assert.rejects(sp.parseLoginResponse(idp, 'post', { body: { SAMLResponse: forged } }));

  const person = { logoutNameID: extract.nameID, sessionIndex: extract.sessionIndex.sessionIndex };
  const logout = sp.createLogoutRequest(idp, 'redirect', person, { relayState: 'bye' });
  const page = await fetch(logout.context, { redirect: 'manual' });
  const html = await page.text();
  assert.equal(page.status, 200, html);
  assert.equal(attribute(html, 'action'), slo);
  assert.equal(field(html, 'RelayState'), 'bye');
  const ended = await sp.parseLogoutResponse(idp, 'post', { body: { SAMLResponse: field(html, 'SAMLResponse') } });
  assert.equal(ended.extract.response.inResponseTo, logout.id);
  const read = await fetch(`${ORIGIN}/v2/sessions/${session.sessionId}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  assert.equal(read.status, 404);
}

console.log('signed in and out');
