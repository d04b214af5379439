namespace Orleans.Sessions.EndToEnd.WebAuthn.Harness;

/// <summary>The login frontend's page. It sends credentials in the same form as ZITADEL's own login page.</summary>
internal static class LoginPage
{
    public const string Html = """
        <!doctype html>
        <title>Login</title>
        <script>
        const text = bytes => bytes && btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
        const descriptors = list => list.map(one => ({ ...one, id: bytes(one.id) }));

        async function call(method, path, body) {
          const response = await fetch('/service' + path, { method, body: JSON.stringify(body ?? {}) });
          return { status: response.status, body: await response.json() };
        }

        async function create(options) {
          const credential = await navigator.credentials.create({ publicKey: {
            ...options,
            challenge: bytes(options.challenge),
            user: { ...options.user, id: bytes(options.user.id) },
            excludeCredentials: descriptors(options.excludeCredentials),
          } });
          return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {
            attestationObject: text(credential.response.attestationObject),
            clientDataJSON: text(credential.response.clientDataJSON),
          } };
        }

        async function get(options) {
          const credential = await navigator.credentials.get({ publicKey: {
            ...options,
            challenge: bytes(options.challenge),
            allowCredentials: descriptors(options.allowCredentials),
          } });
          return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {
            authenticatorData: text(credential.response.authenticatorData),
            clientDataJSON: text(credential.response.clientDataJSON),
            signature: text(credential.response.signature),
            userHandle: text(credential.response.userHandle),
          } };
        }

        // Registers a key; what the service says last is the outcome.
        async function register({ userId, kind, domain, code }) {
          const path = `/v2/users/${userId}/${kind}`;
          const begun = await call('POST', path, { domain, code });
          if (begun.status !== 200) return begun;
          const publicKeyCredential = await create(begun.body.publicKeyCredentialCreationOptions.publicKey);
          return await call('POST', `${path}/${begun.body.passkeyId ?? begun.body.u2fId}`, { publicKeyCredential, passkeyName: 'Key', tokenName: 'Key' });
        }

        // Asks for a challenge and answers it. What the page changes in the options is what an attacker's page could.
        async function signIn({ checks, domain, verification, changes }) {
          const begun = await call('POST', '/v2/sessions', { checks, challenges: { webAuthN: { domain, userVerificationRequirement: verification } } });
          if (begun.status !== 201) return begun;
          const credential = await get({ ...begun.body.challenges.webAuthN.publicKeyCredentialRequestOptions.publicKey, ...changes });
          const path = `/v2/sessions/${begun.body.sessionId}`;
          const checked = await call('PATCH', path, { checks: { webAuthN: { credentialAssertionData: credential } } });
          return { ...checked, sessionId: begun.body.sessionId, credential };
        }
        </script>
        """;
}
