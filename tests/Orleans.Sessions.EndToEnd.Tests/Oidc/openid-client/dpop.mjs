// Tokens that are bound to a key (RFC 9449), for a public client and for one with the FAPI 2.0 security profile.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const { ISSUER, ADMIN_TOKEN, BANK_ID, BANK_KEY, SPA_ID, REDIRECT_URI, API_SCOPE, SESSION_ID, SESSION_TOKEN, USER_ID } = process.env;
const insecure = { execute: [oidc.allowInsecureRequests] };
const user = new URL(`${ISSUER}/v2/users/${USER_ID}`);

/** What the person's browser and the login frontend do, from the authorization URL to the callback. */
async function logIn(url) {
  const page = await fetch(url, { redirect: 'manual' });
  assert.equal(page.status, 302, await page.text());
  const id = new URL(page.headers.get('location'), ISSUER).searchParams.get('authRequest');
  assert.ok(id, page.headers.get('location'));
  const response = await fetch(`${ISSUER}/v2/oidc/auth_requests/${id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ session: { sessionId: SESSION_ID, sessionToken: SESSION_TOKEN } }),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return new URL(answer.callbackUrl);
}

async function authorize(config, DPoP, pushed) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters = {
    redirect_uri: REDIRECT_URI,
    scope: `openid profile offline_access ${API_SCOPE}`,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  };
  const url = pushed
    ? await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
    : oidc.buildAuthorizationUrl(config, { ...parameters, dpop_jkt: await DPoP.calculateThumbprint() });
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  return oidc.authorizationCodeGrant(config, await logIn(url), checks, undefined, { DPoP });
}

/** The tokens are good with the key, and with nothing else. */
async function use(config, DPoP, tokens) {
  assert.equal(tokens.token_type, 'dpop');
  assert.equal(tokens.claims().sub, USER_ID);
  assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, USER_ID, { DPoP })).sub, USER_ID);
  const response = await oidc.fetchProtectedResource(config, tokens.access_token, user, 'GET', undefined, undefined, { DPoP });
  assert.equal(response.status, 200);
  const stolen = await fetch(user, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(stolen.status, 401);
  assert.match(stolen.headers.get('www-authenticate'), /^DPoP .*error="invalid_token"/);
}

{
  const config = await oidc.discovery(new URL(ISSUER), SPA_ID, undefined, oidc.None(), insecure);
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
  const tokens = await authorize(config, DPoP, false);
  await use(config, DPoP, tokens);
  await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
  await use(config, DPoP, refreshed);
  console.log('public client');
}

{
  const key = await crypto.subtle.importKey(
    'pkcs8', Buffer.from(BANK_KEY, 'base64'), { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  const assertion = (change) =>
    oidc.PrivateKeyJwt({ key, kid: 'k1' }, { [oidc.modifyAssertion]: (header, payload) => change(payload) });
  const config = await oidc.discovery(
    new URL(ISSUER), BANK_ID, undefined, assertion((payload) => { payload.aud = ISSUER; }), insecure);
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));

  // The service asks for a nonce, and the library repeats the request with it.
  const tokens = await authorize(config, DPoP, true);
  await use(config, DPoP, tokens);
  for (let i = 0; i < 2; i++) {
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
    assert.equal(refreshed.refresh_token, tokens.refresh_token);
    await use(config, DPoP, refreshed);
  }

  await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_dpop_proof' });
  const wide = await oidc.discovery(
    new URL(ISSUER), BANK_ID, undefined, assertion((payload) => { payload.aud = `${ISSUER}/oauth/v2/token`; }), insecure);
  await assert.rejects(oidc.refreshTokenGrant(wide, tokens.refresh_token, undefined, { DPoP }), { status: 401 });
  console.log('fapi2');
}
