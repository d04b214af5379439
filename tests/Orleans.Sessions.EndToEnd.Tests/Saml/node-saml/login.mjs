// A service provider against the running service; the login frontend is a few calls with the administrator's token.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';

const { ORIGIN, ADMIN_TOKEN, SP, KEY, CERTIFICATE, SESSIONS, SHARED_SESSION, SECOND_SHARED_SESSION, USER_ID, EMAIL } = process.env;
const acs = `${SP}/acs`;
const slo = `${SP}/slo`;

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

const metadata = await (await fetch(`${ORIGIN}/saml/v2/metadata`)).text();
const [, idpIssuer] = /entityID="([^"]+)"/.exec(metadata);
const idpCert = [...metadata.matchAll(/X509Certificate>([^<]+)</g)].map(([, certificate]) => certificate.replace(/\s/g, ''));

const provider = (more = {}) => new SAML({
  callbackUrl: acs,
  entryPoint: `${ORIGIN}/saml/v2/SSO`,
  logoutUrl: `${ORIGIN}/saml/v2/SLO`,
  logoutCallbackUrl: slo,
  issuer: SP,
  audience: SP,
  idpIssuer,
  idpCert,
  privateKey: KEY,
  publicCert: CERTIFICATE,
  signatureAlgorithm: 'sha256',
  digestAlgorithm: 'sha256',
  identifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  disableRequestedAuthnContext: true,
  wantAssertionsSigned: true,
  wantAuthnResponseSigned: true,
  acceptedClockSkewMs: 5000,
  validateInResponseTo: ValidateInResponseTo.always,
  ...more,
});

// Deflating belongs to the other binding, but the library does it in both unless it is told.
const posting = { authnRequestBinding: 'HTTP-POST', skipRequestCompression: true };

const attribute = (html, name) => new RegExp(`${name}="([^"]*)"`).exec(html)[1]
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&amp;/g, '&');
const field = (html, name) => attribute(html.slice(html.indexOf(`name="${name}"`)), 'value').replace(/\s/g, '');

/** What browser and login frontend do: from the answer to the authentication request to the form that the browser posts. */
async function complete(response, session) {
  assert.equal(response.status, 302, await response.text());
  const requestId = new URL(response.headers.get('location')).searchParams.get('samlRequest');
  return api('POST', `/v2/saml/saml_requests/${requestId}`, { session });
}

await api('POST', '/v2/saml/service_providers', {
  settings: { name: 'node-saml', metadata: provider().generateServiceProviderMetadata(null, CERTIFICATE), requireSignedRequests: true },
});

for (const [binding, session] of JSON.parse(SESSIONS)) {
  const saml = provider(binding === 'HTTP-POST' ? posting : {});
  let response;
  if (binding === 'HTTP-POST') {
    const form = await saml.getAuthorizeFormAsync('relay-1&2');
    response = await fetch(`${ORIGIN}/saml/v2/SSO`, {
      method: 'POST',
      body: new URLSearchParams({ SAMLRequest: field(form, 'SAMLRequest'), RelayState: 'relay-1&2' }),
      redirect: 'manual',
    });
  } else {
    // No blank in the relay state: the library signs it as %20 and sends it as +.
    response = await fetch(await saml.getAuthorizeUrlAsync('relay-1&2', undefined, {}), { redirect: 'manual' });
  }

  const { url, post } = await complete(response, session);
  assert.equal(url, acs);
  assert.equal(post.relayState, 'relay-1&2');
  const xml = Buffer.from(post.samlResponse, 'base64').toString();
  for (const [text, other] of [[`>${EMAIL}<`, '>mickey<'], [`Destination="${acs}"`, `Destination="${slo}"`]]) {
    assert.ok(xml.includes(text));
    const altered = Buffer.from(xml.replace(text, other)).toString('base64');
    await assert.rejects(provider({ validateInResponseTo: ValidateInResponseTo.never }).validatePostResponseAsync({ SAMLResponse: altered }), /signature/i);
  }

  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: post.samlResponse });
  assert.equal(profile.nameID, EMAIL);
  assert.equal(profile.UserID, USER_ID);
  assert.equal(profile.issuer, idpIssuer);
  await assert.rejects(saml.validatePostResponseAsync({ SAMLResponse: post.samlResponse }), /InResponseTo/);
  console.log(`login by ${binding}`);

  // The library looks for InResponseTo in login responses only.
  const lenient = provider({ validateInResponseTo: ValidateInResponseTo.never });
  // Its metadata say that answers are to be posted.
  const logout = await fetch(await lenient.getLogoutUrlAsync(profile, 'bye', {}), { redirect: 'manual' });
  const page = await logout.text();
  assert.equal(logout.status, 200, page);
  assert.equal(attribute(page, 'action'), slo);
  assert.equal(field(page, 'RelayState'), 'bye');
  const answer = field(page, 'SAMLResponse');
  const tampered = Buffer.from(Buffer.from(answer, 'base64').toString().replace(slo, acs)).toString('base64');
  await assert.rejects(lenient.validatePostResponseAsync({ SAMLResponse: tampered }), /signature/i);
  const { loggedOut } = await lenient.validatePostResponseAsync({ SAMLResponse: answer });
  assert.ok(loggedOut);
  const read = await fetch(`${ORIGIN}/v2/sessions/${session.sessionId}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  assert.equal(read.status, 404);
  console.log(`logout after ${binding}`);
}

for (const method of ['http://www.w3.org/2009/xmlenc11#aes256-gcm', '']) {
  // Only who has the key can read the assertion.
  const sp = `${SP}/encrypted${method.length}`;
  const settings = { issuer: sp, audience: sp, callbackUrl: `${sp}/acs`, logoutCallbackUrl: `${sp}/slo`, validateInResponseTo: ValidateInResponseTo.never };
  const saml = provider({ ...settings, decryptionPvk: KEY });
  const described = saml.generateServiceProviderMetadata(CERTIFICATE, CERTIFICATE).replace(/<EncryptionMethod [^>]*>/g, '')
    .replace(/(use="encryption"(?:(?!<\/KeyDescriptor>).)*)<\/KeyDescriptor>/s, (_, key) => `${key}${method && `<EncryptionMethod Algorithm="${method}"/>`}</KeyDescriptor>`);
  assert.match(described, /use="encryption"/);
  await api('POST', '/v2/saml/service_providers', { settings: { name: 'encrypted', metadata: described, encryptAssertions: true } });
  const { post } = await complete(await fetch(await saml.getAuthorizeUrlAsync('', undefined, {}), { redirect: 'manual' }), JSON.parse(SHARED_SESSION));
  const xml = Buffer.from(post.samlResponse, 'base64').toString();
  assert.ok(!xml.includes(EMAIL));
  assert.ok(xml.includes(method || 'http://www.w3.org/2001/04/xmlenc#aes256-cbc'), xml);
  assert.equal((await saml.validatePostResponseAsync({ SAMLResponse: post.samlResponse })).profile.nameID, EMAIL);
  await assert.rejects(provider(settings).validatePostResponseAsync({ SAMLResponse: post.samlResponse }));
  console.log(`encrypted assertion ${method}`);
}

{
  // Two applications in one session: logging out at one is logging out at the other.
  const session = JSON.parse(SECOND_SHARED_SESSION);
  const otherSp = `${SP}/other`;
  const other = provider({
    issuer: otherSp, audience: otherSp, callbackUrl: `${otherSp}/acs`, logoutCallbackUrl: `${otherSp}/slo`, validateInResponseTo: ValidateInResponseTo.never,
  });
  await api('POST', '/v2/saml/service_providers', {
    settings: { name: 'other', metadata: other.generateServiceProviderMetadata(null, CERTIFICATE), requireSignedRequests: true },
  });
  const one = provider({ validateInResponseTo: ValidateInResponseTo.never });
  const profiles = [];
  for (const saml of [one, other]) {
    const { post } = await complete(await fetch(await saml.getAuthorizeUrlAsync('', undefined, {}), { redirect: 'manual' }), session);
    profiles.push((await saml.validatePostResponseAsync({ SAMLResponse: post.samlResponse })).profile);
  }

  const page = await (await fetch(await one.getLogoutUrlAsync(profiles[0], 'bye', {}), { redirect: 'manual' })).text();
  assert.equal(attribute(page, 'action'), `${otherSp}/slo`);
  const { profile, loggedOut } = await other.validatePostRequestAsync({ SAMLRequest: field(page, 'SAMLRequest') });
  assert.ok(loggedOut);
  assert.equal(profile.nameID, profiles[1].nameID);
  assert.equal(profile.sessionIndex, profiles[1].sessionIndex);
  assert.notEqual(profile.sessionIndex, profiles[0].sessionIndex);
  const answer = await fetch(await other.getLogoutResponseUrlAsync(profile, '', {}, true), { redirect: 'manual' });
  const end = await answer.text();
  assert.equal(answer.status, 200, end);
  assert.equal(attribute(end, 'action'), slo);
  assert.equal(field(end, 'RelayState'), 'bye');
  const xml = Buffer.from(field(end, 'SAMLResponse'), 'base64').toString();
  assert.ok(!xml.includes('PartialLogout'), xml);
  assert.ok((await one.validatePostResponseAsync({ SAMLResponse: field(end, 'SAMLResponse') })).loggedOut);
  console.log('logout at both');
}

{
  // A signature that is good, over a request that is not the one around it.
  const form = await provider(posting).getAuthorizeFormAsync('relay');
  const signed = Buffer.from(field(form, 'SAMLRequest'), 'base64').toString().replace(/^<\?xml[^>]*\?>\s*/, '');
  const [signature] = /<(?:\w+:)?Signature[ >].*<\/(?:\w+:)?Signature>/s.exec(signed);
  const bare = signed.replace(signature, '');
  const id = /\sID="([^"]+)"/.exec(signed)[1];
  const open = /^<[^>]+>/.exec(bare)[0].replace(id, '_another');
  const close = /<\/[^>]+>\s*$/.exec(bare)[0];
  const [issuer] = /<(?:\w+:)?Issuer[ >].*?<\/(?:\w+:)?Issuer>/s.exec(bare);
  for (const wrapped of [
    `${open}${issuer}${signature}<samlp:Extensions>${bare}</samlp:Extensions>${close}`,
    `${open}${issuer}<samlp:Extensions>${signed}</samlp:Extensions>${close}`,
    signed.replace(id, '_another'),
    signed.replaceAll(acs, `${SP}/elsewhere`),
  ]) {
    const response = await fetch(`${ORIGIN}/saml/v2/SSO`, {
      method: 'POST',
      body: new URLSearchParams({ SAMLRequest: Buffer.from(wrapped).toString('base64'), RelayState: 'relay' }),
      redirect: 'manual',
    });
    assert.ok(response.status >= 400 && response.status < 500, `${response.status} for ${wrapped}`);
  }

  console.log('wrapped and altered requests are refused');
}
