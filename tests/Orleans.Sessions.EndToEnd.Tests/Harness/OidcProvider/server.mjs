// A real OpenID Connect provider for tests: https://github.com/panva/node-oidc-provider with accounts that tests make
// (PUT /accounts/{sub}, the claims as JSON) and a login page that a test can fill in.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const accounts = new Map();

const client = (id, more) => ({
  client_id: id,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/any'],
  ...more,
});

const provider = new Provider(issuer, {
  clients: [
    client('basic', { client_secret: 'secret of basic: +/&=%', token_endpoint_auth_method: 'client_secret_basic' }),
    client('public', { token_endpoint_auth_method: 'none' }),
  ],
  cookies: { keys: [randomBytes(16).toString('hex')] },
  pkce: { required: (_, asking) => asking.clientAuthMethod === 'none' },
  // Claims also in the id token, for clients that read them there.
  conformIdTokenClaims: false,
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'family_name', 'nickname', 'preferred_username', 'locale'],
    phone: ['phone_number', 'phone_number_verified'],
  },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => accounts.has(sub) ? { accountId: sub, claims: () => ({ ...accounts.get(sub), sub }) } : undefined,
  loadExistingGrant: async (ctx) => {
    const { session, client: asking, params } = ctx.oidc;
    const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    await grant.save();
    return grant;
  },
});

// The services under test get their ports when they start.
provider.Client.prototype.redirectUriAllowed = () => true;

const body = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};

const oidc = provider.callback();
createServer(async (request, response) => {
  const { pathname } = new URL(request.url, issuer);
  const [, kind, name, action] = pathname.split('/').map(decodeURIComponent);
  try {
    if (kind === 'accounts' && request.method === 'PUT') {
      accounts.set(name, JSON.parse(await body(request)));
      response.writeHead(204).end();
    } else if (kind === 'interaction' && request.method === 'POST') {
      const form = new URLSearchParams(await body(request));
      const result = action === 'login'
        ? { login: { accountId: form.get('sub') } }
        : { error: form.get('error'), error_description: form.get('error_description') };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } else if (kind === 'interaction') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<form method="post" action="login"><input name="sub"></form>');
    } else {
      oidc(request, response);
    }
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(port, '127.0.0.1', () => console.log('listening'));
