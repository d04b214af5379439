// The scenario with @grpc/grpc-js, by the description of the service that ZITADEL publishes. Settings come from the environment.
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import * as grpc from "@grpc/grpc-js";
import { loadFileDescriptorSetFromBuffer } from "@grpc/proto-loader";
import { file_zitadel_message } from "@zitadel/proto/zitadel/message_pb.js";
import { file_zitadel_session_v2_session_service } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import protobuf from "protobufjs";

const { SESSIONS_URL: url, SESSIONS_TOKEN: token, LOGIN_NAME: loginName, PASSWORD: password, TOTP_CODE: code } = process.env;

const files = new Map();
function add(file) {
  if (!files.has(file.proto.name)) {
    file.dependencies.forEach(add);
    files.set(file.proto.name, file.proto);
  }
}
add(file_zitadel_session_v2_session_service);
add(file_zitadel_message);
const described = loadFileDescriptorSetFromBuffer(
  Buffer.from(toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...files.values()] }))),
  { longs: String, enums: String },
);
const { SessionService } = grpc.loadPackageDefinition(described).zitadel.session.v2;
const stub = new SessionService(new URL(url).host, grpc.credentials.createInsecure());

function call(method, request, bearer = token) {
  const metadata = new grpc.Metadata();
  metadata.set("authorization", `Bearer ${bearer}`);
  return new Promise((resolve, reject) => stub[method](request, metadata, (error, response) => (error ? reject(error) : resolve(response))));
}

// What gRPC's richer error model puts into trailers.
const details = protobuf.parse(`syntax = "proto3";
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Check { string id = 1; string message = 2; int32 failed_attempts = 3; }`).root;

async function failure(refused) {
  try {
    await refused;
  } catch (error) {
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    const [any] = details.lookupType("Status").decode(bytes).details;
    const detail = details.lookupType("Check").decode(any.value);
    return {
      code: error.code,
      type: any.typeUrl,
      message: error.details,
      id: detail.id,
      failedAttempts: detail.failedAttempts,
      requestId: error.metadata.get("x-request-id")[0],
    };
  }
  throw new Error("the call succeeded");
}

// The names are those of the .proto files: nothing turns them into camel case here.
const created = await call("createSession", { checks: { user: { login_name: loginName } }, lifetime: { seconds: 600 } });
const { session_id, session_token } = created;
const wrong = await failure(call("setSession", { session_id, session_token, checks: { password: { password: `${password}?` } } }));
const proved = await call("setSession", { session_id, session_token, checks: { password: { password }, totp: { code } } });
const listed = await call("listSessions", { queries: [{ ids_query: { ids: [session_id] } }] });
const read = await call("getSession", { session_id }, proved.session_token);
await call("deleteSession", { session_id, session_token: proved.session_token });
const gone = await failure(call("getSession", { session_id }));

console.log(JSON.stringify({
  sessionId: session_id,
  wrong,
  rotated: proved.session_token !== session_token,
  grew: BigInt(proved.details.sequence) > BigInt(created.details.sequence),
  listed: listed.sessions.map((session) => session.id),
  loginName: read.session.factors.user.login_name,
  hasPassword: Boolean(read.session.factors.password?.verified_at),
  hasTotp: Boolean(read.session.factors.totp?.verified_at),
  gone,
}));
stub.close();
