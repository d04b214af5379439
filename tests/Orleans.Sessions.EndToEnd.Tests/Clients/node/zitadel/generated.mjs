// Every request of ZITADEL's descriptors, empty and with every field filled, as different generators of clients write it. All of them must
// be read, no field may be ignored, and the answers must be the same.
import assert from "node:assert/strict";
import { ScalarType, create, isFieldSet, toBinary, toJson } from "@bufbuild/protobuf";
import { timestampFromDate } from "@zitadel/client";
import { FeatureService } from "@zitadel/proto/zitadel/feature/v2/feature_service_pb.js";
import { IdentityProviderService } from "@zitadel/proto/zitadel/idp/v2/idp_service_pb.js";
import { OIDCService } from "@zitadel/proto/zitadel/oidc/v2/oidc_service_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { SAMLService } from "@zitadel/proto/zitadel/saml/v2/saml_service_pb.js";
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { SettingsService } from "@zitadel/proto/zitadel/settings/v2/settings_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { WebKeyService } from "@zitadel/proto/zitadel/webkey/v2/webkey_service_pb.js";
import { connect } from "./client.mjs";
import { answer, goCall, python, pythonCall } from "./generators.mjs";
import { end, inAnHour, unique } from "./script.mjs";

const services = [
  SessionService,
  UserService,
  OrganizationService,
  SettingsService,
  FeatureService,
  IdentityProviderService,
  OIDCService,
  SAMLService,
  WebKeyService,
];
const depth = 3;
// gRPC's codes, as Connect names them.
const codes = [
  "ok",
  "canceled",
  "unknown",
  "invalid_argument",
  "deadline_exceeded",
  "not_found",
  "already_exists",
  "permission_denied",
  "resource_exhausted",
  "failed_precondition",
  "aborted",
  "out_of_range",
  "unimplemented",
  "internal",
  "unavailable",
  "data_loss",
  "unauthenticated",
];

// Who may read everything and change nothing, so that the requests leave nothing behind.
const users = connect(UserService);
const { organizationId } = await connect(OrganizationService).addOrganization({ name: unique("Readers") });
const { id: userId } = await users.createUser({
  organizationId,
  username: unique("reader"),
  userType: { case: "machine", value: { name: "Reader" } },
});
const administrator = { userId, resource: { instance: true }, roles: ["IAM_OWNER_VIEWER"] };
assert.equal((await pythonCall("zitadel.internal_permission.v2.InternalPermissionService/CreateAdministrator", administrator)).status, 200);
const { token } = await users.addPersonalAccessToken({ userId, expirationDate: timestampFromDate(inAnHour()) });

/** A value of a field. Of each oneof, the variant chooses the member. */
function value(field, variant, level) {
  switch (field.fieldKind === "list" ? field.listKind : field.fieldKind === "map" ? field.mapKind : field.fieldKind) {
    case "message":
      return filled(field.message, variant, level + 1);
    case "enum":
      return field.enum.values.at(-1).number;
    default:
      switch (field.scalar) {
        case ScalarType.STRING:
          return "Grüße 😀";
        case ScalarType.BYTES:
          return new Uint8Array([251, 255, 190]);
        case ScalarType.BOOL:
          return true;
        case ScalarType.INT64:
        case ScalarType.UINT64:
          return 7n;
        default:
          return 7;
      }
  }
}

function filled(type, variant, level = 0) {
  switch (type.typeName) {
    case "google.protobuf.Timestamp":
      return timestampFromDate(new Date("2026-01-31T12:00:00.123Z"));
    case "google.protobuf.Duration":
      return create(type, { seconds: 60n });
    case "google.protobuf.Struct":
      return { text: "Grüße", list: [1, true, null], nested: {} };
  }

  const message = create(type);
  for (const field of level > depth ? [] : type.fields.filter((field) => !field.oneof)) {
    const one = value(field, variant, level);
    message[field.localName] = field.fieldKind === "list" ? [one] : field.fieldKind === "map" ? { "Grüße 😀": one } : one;
  }
  for (const oneof of level > depth ? [] : type.oneofs) {
    const field = oneof.fields[variant % oneof.fields.length];
    message[oneof.localName] = { case: field.localName, value: value(field, variant, level) };
  }
  return message;
}

/** How many variants there must be so that each member of each oneof occurs. */
const variants = (type, level = 0) =>
  level > depth
    ? 1
    : Math.max(
        1,
        ...type.oneofs.map((oneof) => oneof.fields.length),
        ...type.fields.filter((field) => field.message).map((field) => variants(field.message, level + 1)),
      );

const offset = (text) => text.replaceAll(/(?<="\d{4}-\d\d-\d\dT[\d:.]+)Z"/g, '+00:00"');
const styles = {
  "camel case without blanks": (type, message) => JSON.stringify(toJson(type, message)),
  "as Python: blanks, ASCII, an offset": (type, message) => offset(python(toJson(type, message))),
  "as Java: defaults are written": (type, message) => JSON.stringify(toJson(type, message, { alwaysEmitImplicit: true })),
  "names of the .proto files, numbers, nulls": (type, message) =>
    JSON.stringify({
      ...Object.fromEntries(type.fields.filter((field) => !field.oneof && !isFieldSet(message, field)).map((field) => [field.name, null])),
      ...Object(toJson(type, message, { useProtoFieldName: true, enumAsInteger: true })),
    }),
};

let requests = 0;
for (const method of services.flatMap((service) => service.methods)) {
  const path = `${method.parent.typeName}/${method.name}`;
  const messages = Array.from({ length: variants(method.input) }, (_, variant) => filled(method.input, variant));
  for (const [variant, message] of [create(method.input), ...messages].entries()) {
    const { status, text } = await goCall(path, toBinary(method.input, message), { bearer: token });
    const wanted = [codes[status], text];
    assert.ok(!/internal|unknown/.test(codes[status]) && !text.startsWith("proto:"), `${path} ${variant}: ${wanted}`);
    for (const [style, write] of Object.entries(styles)) {
      const body = write(method.input, message);
      const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
      const told = await answer(`/${path}`, { method: "POST", headers, body });
      const place = `${path}, ${style}: ${body}`;
      assert.equal(told.ignored, null, place);
      assert.deepEqual(told.status === 200 ? ["ok", ""] : [told.body.code, told.body.message], wanted, place);
      requests++;
    }
  }
}
assert.ok(requests > 500);
end(services);
