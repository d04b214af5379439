// A certified relying party whose requests refresh at the same time: each of them finds the same refresh token in the person's session.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const { ISSUER, LOGIN_URI, WEB_ID, WEB_SECRET, REDIRECT_URI, USER_ID, LOGIN_NAME, PASSWORD } = process.env;
const config = await oidc.discovery(new URL(ISSUER), WEB_ID, undefined, oidc.ClientSecretBasic(WEB_SECRET), {
  execute: [oidc.allowInsecureRequests],
});

async function redirect(url, form) {
  const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form), redirect: 'manual' });
  assert.equal(response.status, 302, await response.text());
  return new URL(response.headers.get('location'));
}

const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const page = await redirect(
  oidc.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }),
);
assert.ok(page.href.startsWith(`${LOGIN_URI}?authRequest=V2_`), page.href);
const callback = await redirect(page, { loginName: LOGIN_NAME, password: PASSWORD });
let tokens = await oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier, idTokenExpected: true });

for (let round = 0; round < 3; round++) {
  const before = tokens;
  const answers = await Promise.all(Array.from({ length: 4 }, () => oidc.refreshTokenGrant(config, before.refresh_token)));
  assert.equal(new Set(answers.map((answer) => answer.refresh_token)).size, 1);
  assert.notEqual(answers[0].refresh_token, before.refresh_token);
  for (const answer of answers) {
    assert.equal(answer.claims().sub, USER_ID);
    assert.ok((await oidc.tokenIntrospection(config, answer.access_token)).active);
  }

  tokens = answers[0];
}

// All of them are one family.
await oidc.tokenRevocation(config, tokens.refresh_token);
assert.ok(!(await oidc.tokenIntrospection(config, tokens.access_token)).active);
console.log('refreshed at once');
