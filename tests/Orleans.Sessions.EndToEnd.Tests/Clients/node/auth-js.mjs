// An application whose back end uses Auth.js with its provider for ZITADEL. The person's browser is a jar of cookies.
// Fails loudly at the first thing that is not as it must be.
import assert from 'node:assert/strict';
import { Auth } from '@auth/core';
import Zitadel from '@auth/core/providers/zitadel';

const { ISSUER, LOGIN_URI, ORIGIN, CLIENT_ID, CLIENT_SECRET, READS_ID_TOKEN, USER_ID, EMAIL, LOGIN_NAME, PASSWORD } = process.env;
const home = `${ORIGIN}/`;
let ended;

const config = {
  basePath: '/auth',
  secret: 'this application is known to nobody',
  trustHost: true,
  providers: [
    Zitadel({
      issuer: ISSUER,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      checks: ['pkce', 'state', 'nonce'],
      // Otherwise it asks the userinfo endpoint about the person.
      idToken: READS_ID_TOKEN === 'true',
    }),
  ],
  callbacks: {
    jwt: ({ token, account }) => (account ? { ...token, userId: account.providerAccountId, idToken: account.id_token } : token),
    session: ({ session, token }) => ({ ...session, userId: token.userId }),
  },
  events: {
    // Auth.js only forgets its cookie. The application ends the session.
    signOut: async ({ token }) => {
      const query = new URLSearchParams({ id_token_hint: token.idToken, post_logout_redirect_uri: home });
      ended = await fetch(`${ISSUER}/oidc/v1/end_session?${query}`, { redirect: 'manual' });
    },
  },
};

const jar = new Map();

/** The browser visits the application. */
async function visit(address, form) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = form && new URLSearchParams(form);
  const response = await Auth(new Request(new URL(address, home), { method: form ? 'POST' : 'GET', headers: { cookie }, body }), config);
  for (const [, name, value] of response.headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/.exec(line))) {
    value ? jar.set(name, value) : jar.delete(name);
  }

  return response;
}

/** Where the browser is sent. */
async function target(response) {
  assert.equal(response.status, 302, await response.text());
  return response.headers.get('location');
}

const session = async () => (await visit('/auth/session')).json();

assert.equal(await session(), null);
const { csrfToken } = await (await visit('/auth/csrf')).json();
const request = await target(await visit('/auth/signin/zitadel', { csrfToken, callbackUrl: home }));
const page = await target(await fetch(request, { redirect: 'manual' }));
assert.ok(page.startsWith(`${LOGIN_URI}?authRequest=V2_`), page);
const login = new URLSearchParams({ loginName: LOGIN_NAME, password: PASSWORD });
const callback = await target(await fetch(page, { method: 'POST', body: login, redirect: 'manual' }));
assert.ok(callback.startsWith(`${ORIGIN}/auth/callback/zitadel?`), callback);
assert.equal(await target(await visit(callback)), home);

const { user, userId } = await session();
assert.deepEqual([userId, user.name, user.email], [USER_ID, 'Minnie M.', EMAIL]);

assert.equal(await target(await visit('/auth/signout', { csrfToken, callbackUrl: home })), home);
assert.equal(await target(ended), home);
assert.equal(await session(), null);
console.log('signed in and out');
