// A certified relying party against the running service, with a login frontend elsewhere.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const { ISSUER, LOGIN_URI, ADMIN_TOKEN, WEB_ID, WEB_SECRET, SPA_ID, DEVICE_ID, REDIRECT_URI, SESSION_ID, SESSION_TOKEN, USER_ID, LOGIN_NAME, PASSWORD } =
  process.env;
const insecure = { execute: [oidc.allowInsecureRequests] };
/** Whether an error, or what caused it, is about this. */
const about = (word) => (error) => `${error} ${error.cause}`.includes(word);
const session = { sessionId: SESSION_ID, sessionToken: SESSION_TOKEN };

async function api(method, path, body) {
  const response = await fetch(ISSUER + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

async function redirect(url, form) {
  const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form), redirect: 'manual' });
  assert.equal(response.status, 302, await response.text());
  return new URL(response.headers.get('location'));
}

/** What the person's browser does, from the authorization URL over the login frontend's form to the callback. */
async function logIn(url) {
  const page = await redirect(url);
  assert.ok(page.href.startsWith(`${LOGIN_URI}?authRequest=V2_`), page.href);
  return redirect(page, { loginName: LOGIN_NAME, password: PASSWORD });
}

async function authorize(config, more = {}, pushed = false) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters = {
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  };
  const url = pushed ? await oidc.buildAuthorizationUrlWithPAR(config, parameters) : oidc.buildAuthorizationUrl(config, parameters);
  return { callback: await logIn(url), checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true } };
}

const web = await oidc.discovery(new URL(ISSUER), WEB_ID, undefined, oidc.ClientSecretBasic(WEB_SECRET), insecure);
assert.equal(web.serverMetadata().issuer, ISSUER);
assert.ok(web.serverMetadata().supportsPKCE());

for (const pushed of [false, true]) {
  const { callback, checks } = await authorize(web, {}, pushed);
  const tokens = await oidc.authorizationCodeGrant(web, callback, { ...checks, maxAge: 3600 });
  assert.equal(tokens.claims().sub, USER_ID);
  assert.ok(tokens.claims().sid);
  const user = await oidc.fetchUserInfo(web, tokens.access_token, USER_ID);
  assert.equal(user.given_name, 'Minnie');
  const refreshed = await oidc.refreshTokenGrant(web, tokens.refresh_token);
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
  assert.ok((await oidc.tokenIntrospection(web, refreshed.access_token)).active);
  await oidc.tokenRevocation(web, refreshed.refresh_token);
  assert.ok(!(await oidc.tokenIntrospection(web, refreshed.access_token)).active);
  await assert.rejects(oidc.refreshTokenGrant(web, refreshed.refresh_token), { error: 'invalid_grant' });
}
console.log('code flow, with and without pushed requests');

{
  const first = await authorize(web);
  await assert.rejects(oidc.authorizationCodeGrant(web, first.callback, { ...first.checks, expectedNonce: 'another' }), about('nonce'));
  const second = await authorize(web);
  await assert.rejects(oidc.authorizationCodeGrant(web, second.callback, { ...second.checks, expectedState: 'another' }), about('state'));
  const third = await authorize(web);
  await assert.rejects(
    oidc.authorizationCodeGrant(web, third.callback, { ...third.checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() }), { error: 'invalid_grant' });
  console.log('mismatches are refused');
}

{
  const spa = await oidc.discovery(new URL(ISSUER), SPA_ID, undefined, oidc.None(), insecure);
  const { callback, checks } = await authorize(spa, { response_mode: 'fragment' });
  const response = new URL(REDIRECT_URI + callback.hash.replace('#', '?'));
  const tokens = await oidc.authorizationCodeGrant(spa, response, checks);
  assert.equal(tokens.claims().sub, USER_ID);
  console.log('public client');
}

{
  const device = await oidc.discovery(new URL(ISSUER), DEVICE_ID, undefined, oidc.None(), insecure);
  const started = await oidc.initiateDeviceAuthorization(device, { scope: 'openid' });
  const polling = oidc.pollDeviceAuthorizationGrant(device, started);
  const { deviceAuthorizationRequest } = await api('GET', `/v2/oidc/device_authorization/${started.user_code}`);
  await api('POST', `/v2/oidc/device_authorization/${deviceAuthorizationRequest.id}`, { session });
  assert.equal((await polling).claims().sub, USER_ID);
  console.log('device flow');
}

{
  const { callback, checks } = await authorize(web);
  const tokens = await oidc.authorizationCodeGrant(web, callback, checks);
  const url = oidc.buildEndSessionUrl(web, { id_token_hint: tokens.id_token, post_logout_redirect_uri: REDIRECT_URI });
  const response = await fetch(url, { redirect: 'manual' });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), REDIRECT_URI);
  assert.ok(!(await oidc.tokenIntrospection(web, tokens.access_token)).active);
  await assert.rejects(oidc.fetchUserInfo(web, tokens.access_token, USER_ID));
  console.log('logout');
}
