// A certified relying party that signs its authorization requests (RFC 9101), pushed and not.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const { ISSUER, ADMIN_TOKEN, REDIRECT_URI, SESSION_ID, SESSION_TOKEN, USER_ID } = process.env;

const call = async (path, body) => {
  const answer = await fetch(`${ISSUER}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return answer.json();
};

const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
const { client, clientSecret } = await call('/v2/oidc/clients', {
  settings: {
    name: 'Signs its requests',
    authentication: 'CLIENT_AUTHENTICATION_SECRET_POST',
    redirectUris: [REDIRECT_URI],
    jsonWebKeys: { keys: [{ kty, crv, x, y, kid: 'k1', use: 'sig' }] },
    requestObjectSigningAlg: 'ES256',
    requireSignedRequestObject: true,
  },
});
const config = await oidc.discovery(new URL(ISSUER), client.clientId, clientSecret, undefined, {
  execute: [oidc.allowInsecureRequests],
});

const logIn = async toAddress => {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const signed = await oidc.buildAuthorizationUrlWithJAR(
    config,
    {
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    },
    { key: privateKey, kid: 'k1' },
  );
  assert.ok(signed.searchParams.get('request'));
  assert.equal(signed.searchParams.get('state'), null);
  const page = await fetch(await toAddress(signed), { redirect: 'manual' });
  assert.equal(page.status, 302, await page.text());
  const requestId = new URL(page.headers.get('location')).searchParams.get('authRequest');
  assert.ok(requestId, page.headers.get('location'));
  const { callbackUrl } = await call(`/v2/oidc/auth_requests/${requestId}`, {
    session: { sessionId: SESSION_ID, sessionToken: SESSION_TOKEN },
  });
  const tokens = await oidc.authorizationCodeGrant(config, new URL(callbackUrl), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  assert.equal(tokens.claims().sub, USER_ID);
};

await logIn(async signed => signed);
console.log('signed');
await logIn(signed => oidc.buildAuthorizationUrlWithPAR(config, signed.searchParams));
console.log('pushed');
