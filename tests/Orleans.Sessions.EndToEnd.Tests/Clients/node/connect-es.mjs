// The scenario with clients on connect-es: ZITADEL's own, unmodified, or its service over another transport.
// usage: node connect-es.mjs node|web|connect-json|connect-proto; settings come from the environment.
import { Code, ConnectError } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createSessionServiceClient } from "@zitadel/client/v2";
import { createServerTransport } from "@zitadel/client/node";
import { createClientTransport } from "@zitadel/client/web";
import { CredentialsCheckErrorSchema, ErrorDetailSchema } from "@zitadel/proto/zitadel/message_pb.js";

const { SESSIONS_URL: baseUrl, SESSIONS_TOKEN: token, LOGIN_NAME: loginName, PASSWORD: password, TOTP_CODE: code } = process.env;

const bearer = (value) => (next) => (request) => {
  request.header.set("authorization", `Bearer ${value}`);
  return next(request);
};
const connect = (useBinaryFormat) => (value) =>
  createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat, interceptors: [bearer(value)] });
const transports = {
  node: (value) => createServerTransport(value, { baseUrl }),
  web: (value) => createClientTransport(value, { baseUrl }),
  "connect-json": connect(false),
  "connect-proto": connect(true),
};
const client = (value) => createSessionServiceClient(transports[process.argv[2]](value));

async function failure(call, schema) {
  try {
    await call;
  } catch (error) {
    const refusal = ConnectError.from(error);
    const [detail] = refusal.findDetails(schema);
    return {
      code: refusal.code,
      name: Code[refusal.code],
      message: refusal.rawMessage,
      id: detail?.id,
      failedAttempts: detail?.failedAttempts,
      requestId: refusal.metadata.get("x-request-id"),
    };
  }
  throw new Error("the call succeeded");
}

const sessions = client(token);
const created = await sessions.createSession({ checks: { user: { search: { case: "loginName", value: loginName } } }, lifetime: { seconds: 600n } });
const { sessionId } = created;
const wrong = await failure(
  sessions.setSession({ sessionId, sessionToken: created.sessionToken, checks: { password: { password: `${password}?` } } }),
  CredentialsCheckErrorSchema,
);
const proved = await sessions.setSession({ sessionId, sessionToken: created.sessionToken, checks: { password: { password }, totp: { code } } });
const listed = await sessions.listSessions({ queries: [{ query: { case: "idsQuery", value: { ids: [sessionId] } } }] });
const read = await client(proved.sessionToken).getSession({ sessionId });
await sessions.deleteSession({ sessionId, sessionToken: proved.sessionToken });
const gone = await failure(sessions.getSession({ sessionId }), ErrorDetailSchema);

console.log(JSON.stringify({
  sessionId,
  wrong,
  rotated: proved.sessionToken !== created.sessionToken,
  grew: proved.details.sequence > created.details.sequence,
  listed: listed.sessions.map((session) => session.id),
  loginName: read.session.factors.user.loginName,
  hasPassword: read.session.factors.password?.verifiedAt !== undefined,
  hasTotp: read.session.factors.totp?.verifiedAt !== undefined,
  gone,
}));
process.exit(0);
