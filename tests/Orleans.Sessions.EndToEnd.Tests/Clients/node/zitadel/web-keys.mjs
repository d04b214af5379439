// The keys that sign tokens, by @zitadel/client.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { RSABits, State } from "@zitadel/proto/zitadel/webkey/v2/key_pb.js";
import { WebKeyService } from "@zitadel/proto/zitadel/webkey/v2/webkey_service_pb.js";
import { connect, refused } from "./client.mjs";
import { baseUrl, end } from "./script.mjs";

const keys = connect(WebKeyService);
const states = async () => Object.fromEntries((await keys.listWebKeys({})).webKeys.map((key) => [key.id, key.state]));
const published = async () => (await (await fetch(`${baseUrl}/oauth/v2/keys`)).json()).keys.map((key) => key.kid).sort();
const [[first]] = Object.entries(await states());
assert.deepEqual(await states(), { [first]: State.ACTIVE });

const { id } = await keys.createWebKey({ key: { case: "rsa", value: { bits: RSABits.RSA_BITS_3072 } } });
assert.deepEqual(await states(), { [first]: State.ACTIVE, [id]: State.INITIAL });
assert.deepEqual(await published(), [first, id].sort());
await refused(keys.createWebKey({ key: { case: "rsa", value: {} } }), Code.FailedPrecondition, "WEBKEY-Next1");
await refused(keys.createWebKey({ key: { case: "ed25519", value: {} } }), Code.Unimplemented, "SESSION-Unimp");
await keys.activateWebKey({ id });
assert.deepEqual(await states(), { [first]: State.INACTIVE, [id]: State.ACTIVE });
await refused(keys.deleteWebKey({ id }), Code.FailedPrecondition, "COMMAND-Chai1");
await refused(keys.activateWebKey({ id: "unknown" }), Code.NotFound, "COMMAND-teiG3");
assert.ok((await keys.deleteWebKey({ id: first })).deletionDate);
assert.deepEqual(await published(), [id]);
end([WebKeyService]);
