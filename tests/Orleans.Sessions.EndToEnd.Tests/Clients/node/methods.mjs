// Prints the methods of the contract's services, one a line: zitadel.session.v2.SessionService/GetSession.
import { SessionService } from "@zitadel/proto/zitadel/session/v2/session_service_pb.js";
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { SettingsService } from "@zitadel/proto/zitadel/settings/v2/settings_service_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { OIDCService } from "@zitadel/proto/zitadel/oidc/v2/oidc_service_pb.js";
import { IdentityProviderService } from "@zitadel/proto/zitadel/idp/v2/idp_service_pb.js";
import { FeatureService } from "@zitadel/proto/zitadel/feature/v2/feature_service_pb.js";

for (const service of [SessionService, UserService, SettingsService, OrganizationService, OIDCService, IdentityProviderService, FeatureService]) {
  for (const method of service.methods) {
    console.log(`${service.typeName}/${method.name}`);
  }
}
