// What all scripts of this folder share. Each runs one area of the API with ZITADEL's own packages, and fails at the first step that is not
// as it must be.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";

export const { SESSIONS_URL: baseUrl, SESSIONS_TOKEN: token } = process.env;
export const password = "Correct-Horse-7";

/** A text that nothing else uses. */
export const unique = (prefix) => `${prefix}-${randomUUID().slice(0, 13)}`;

export const inAnHour = () => new Date(Date.now() + 3_600_000);

/** The present code of an authenticator app (RFC 6238). */
export function totp(secret) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Waits for what comes within a second: so long a node may believe a token or a role that was withdrawn, and not know a new one. */
export async function until(condition) {
  for (const late = Date.now() + 5000; !(await condition()); await new Promise((go) => setTimeout(go, 50))) {
    assert.ok(Date.now() < late, "It takes too long.");
  }
}

export const fails = (call) =>
  call.then(
    () => false,
    () => true,
  );

const called = new Set();

/** Notes a call. Names are like zitadel.session.v2.SessionService/GetSession. */
export const note = (method) => called.add(method);

/** Ends the script, and with it open connections. Fails if a method of these services was not called, apart from the exceptions. */
export function end(services, exceptions = []) {
  const methods = services.flatMap((service) =>
    Object.values(service.methods).map(({ name }) => `${service.typeName ?? service.fullName}/${name}`),
  );
  assert.ok(
    exceptions.every((name) => methods.some((method) => method.endsWith(`/${name}`))),
    "an exception is not a method",
  );
  assert.deepEqual(
    methods.filter((method) => !called.has(method) && !exceptions.includes(method.split("/")[1])),
    [],
  );
  console.log("done");
  process.exit(0);
}
