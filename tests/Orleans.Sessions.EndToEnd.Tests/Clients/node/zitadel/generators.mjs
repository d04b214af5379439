// What clients of other languages send: JSON as their generators write it, and frames of gRPC as Go's library sends them.
import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:http2";
import { baseUrl, note, token } from "./script.mjs";

/** JSON as Python's json.dumps writes it: a space after commas and colons, and nothing but ASCII. */
export function python(value) {
  if (Array.isArray(value)) {
    return `[${value.map(python).join(", ")}]`;
  }
  if (value && typeof value === "object") {
    return `{${Object.entries(value)
      .map(([name, member]) => `${python(name)}: ${python(member)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A call as ZITADEL's package for Python makes it: Connect, but without its headers. */
export const pythonCall = (method, body, bearer = token) =>
  answer(`/${method}`, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Accept-Encoding": "identity",
      "Content-Type": "application/json",
      "User-Agent": "zitadel-client/4.1.8 (lang=python; lang_version=3.12.3; os=Linux; arch=x86_64)",
      Authorization: `Bearer ${bearer}`,
    },
    body: python(body),
  });

/** A call as ZITADEL's package for Java makes it: REST. Its lists are never absent, and a request without a body has an empty one. */
export const javaCall = (method, path, body, bearer = token) =>
  answer(path, {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json; charset=UTF-8",
      "User-Agent": "Apache-HttpClient/5.4.3 (Java/17.0.14)",
      Authorization: `Bearer ${bearer}`,
    },
    body: body ? JSON.stringify(body) : "",
  });

/** Sends a request; the names of its headers go as they are. Returns the status, the fields that were ignored, and the answer. */
export function answer(path, { method, headers, body }) {
  return new Promise((resolve, reject) => {
    const read = async (response) => {
      const chunks = await response.toArray();
      const ignored = response.headers["sessions-ignored-fields"] ?? null;
      resolve({ status: response.statusCode, ignored, body: JSON.parse(Buffer.concat(chunks).toString()) });
    };
    request(baseUrl + path, { method, headers: { ...headers, "Content-Length": Buffer.byteLength(body) } }, (response) =>
      read(response).catch(reject),
    )
      .on("error", reject)
      .end(body);
  });
}

const connection = connect(baseUrl);

/** A call as Go's library makes it. Returns the status, its text, and the message as bytes. */
export function goCall(method, message, { bearer = token, organizationId } = {}) {
  note(method);
  const frame = Buffer.concat([Buffer.alloc(5), message]);
  frame.writeUInt32BE(message.length, 1);
  return new Promise((resolve, reject) => {
    const stream = connection.request({
      ":method": "POST",
      ":path": `/${method}`,
      "content-type": "application/grpc",
      "user-agent": "grpc-go/1.79.3",
      te: "trailers",
      "grpc-timeout": "9998321u",
      authorization: `Bearer ${bearer}`,
      ...(organizationId && { "x-zitadel-orgid": organizationId }),
    });
    const [fields, chunks] = [{}, []];
    stream.on("response", (headers) => Object.assign(fields, headers));
    stream.on("trailers", (trailers) => Object.assign(fields, trailers));
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () => {
      assert.equal(fields[":status"], 200);
      const text = decodeURIComponent(fields["grpc-message"] ?? "");
      resolve({ status: Number(fields["grpc-status"]), text, message: Buffer.concat(chunks).subarray(5) });
    });
    stream.end(frame);
  });
}
