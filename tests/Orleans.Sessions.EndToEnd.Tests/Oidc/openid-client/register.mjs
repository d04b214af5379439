// A certified relying party that registers itself, and then logs a person in and asks for claims by name.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const { ISSUER, ADMIN_TOKEN, INITIAL_TOKEN, REDIRECT_URI, SESSION_ID, SESSION_TOKEN, USER_ID } = process.env;

const config = await oidc.dynamicClientRegistration(
  new URL(ISSUER),
  { redirect_uris: [REDIRECT_URI], client_name: 'Registered by itself', token_endpoint_auth_method: 'client_secret_post' },
  undefined,
  { initialAccessToken: INITIAL_TOKEN, execute: [oidc.allowInsecureRequests] },
);
const client = config.clientMetadata();
assert.ok(client.client_id);
assert.equal(client.client_name, 'Registered by itself');
console.log('registered');

const verifier = oidc.randomPKCECodeVerifier();
const url = oidc.buildAuthorizationUrl(config, {
  redirect_uri: REDIRECT_URI,
  scope: 'openid',
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  claims: JSON.stringify({ id_token: { given_name: { essential: true } }, userinfo: { email: null } }),
});
const page = await fetch(url, { redirect: 'manual' });
assert.equal(page.status, 302, await page.text());
const requestId = new URL(page.headers.get('location')).searchParams.get('authRequest');
const completed = await fetch(`${ISSUER}/v2/oidc/auth_requests/${requestId}`, {
  method: 'POST',
  headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
  body: JSON.stringify({ session: { sessionId: SESSION_ID, sessionToken: SESSION_TOKEN } }),
});
assert.ok(completed.ok, await completed.clone().text());
const { callbackUrl } = await completed.json();
const tokens = await oidc.authorizationCodeGrant(config, new URL(callbackUrl), { pkceCodeVerifier: verifier, idTokenExpected: true });
assert.equal(tokens.claims().sub, USER_ID);
assert.ok(tokens.claims().given_name);
assert.ok((await oidc.fetchUserInfo(config, tokens.access_token, USER_ID)).email);
console.log('logged in');
