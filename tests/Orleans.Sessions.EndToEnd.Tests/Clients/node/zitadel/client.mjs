// Clients of @zitadel/client.
import assert from "node:assert/strict";
import { ConnectError } from "@connectrpc/connect";
import { createClientFor } from "@zitadel/client";
import { createServerTransport } from "@zitadel/client/node";
import { CredentialsCheckErrorSchema, ErrorDetailSchema } from "@zitadel/proto/zitadel/message_pb.js";
import * as script from "./script.mjs";

/** A client of a service that acts as the holder of the token, by default the administrator. */
export function connect(service, token = script.token, headers = {}) {
  const noting = (next) => (request) => {
    script.note(`${request.service.typeName}/${request.method.name}`);
    Object.entries(headers).forEach(([name, value]) => request.header.set(name, value));
    return next(request);
  };
  return createClientFor(service)(createServerTransport(token, { baseUrl: script.baseUrl, interceptors: [noting] }));
}

/** Waits for a refusal with this code and the id in its detail. Returns the error. */
export async function refused(call, code, id) {
  const error = await call.then(
    () => assert.fail(`The call succeeded instead of ${id}.`),
    (reason) => ConnectError.from(reason),
  );
  const [detail] = [...error.findDetails(ErrorDetailSchema), ...error.findDetails(CredentialsCheckErrorSchema)];
  assert.deepEqual([error.code, detail?.id], [code, id], error.message);
  return error;
}
