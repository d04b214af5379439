// Clients of @zitadel/node. It has functions for the services of the first API. For the others its users take the definitions that it has.
import assert from "node:assert/strict";
import { createAccessTokenInterceptor } from "@zitadel/node/dist/api/index.js";
import { ClientError, createChannel, createClientFactory } from "nice-grpc";
import * as script from "./script.mjs";

async function* noting(call, options) {
  script.note(call.method.path.slice(1));
  return yield* call.next(call.request, options);
}

export const asHolderOf = createAccessTokenInterceptor;

/** A client of a service, by default as the administrator. */
export const connect = (definition, caller = asHolderOf(script.token)) =>
  createClientFactory().use(noting).use(caller).create(definition, createChannel(script.baseUrl));

/** Waits for a refusal with this code, whose message ends with this id. */
export async function refused(call, code, id) {
  const error = await call.then(
    () => assert.fail(`The call succeeded instead of ${id}.`),
    (reason) => reason,
  );
  assert.ok(error instanceof ClientError, String(error));
  assert.deepEqual([error.code, / \(([^()]*)\)$/.exec(error.details)?.[1]], [code, id], error.details);
}
