// Settings and features, by @zitadel/client.
import assert from "node:assert/strict";
import { Code } from "@connectrpc/connect";
import { Source } from "@zitadel/proto/zitadel/feature/v2/feature_pb.js";
import { FeatureService } from "@zitadel/proto/zitadel/feature/v2/feature_service_pb.js";
import { OrganizationService } from "@zitadel/proto/zitadel/org/v2/org_service_pb.js";
import { SecondFactorType } from "@zitadel/proto/zitadel/settings/v2/login_settings_pb.js";
import { SettingsService } from "@zitadel/proto/zitadel/settings/v2/settings_service_pb.js";
import { connect, refused } from "./client.mjs";
import { end, unique } from "./script.mjs";

const settings = connect(SettingsService);
const features = connect(FeatureService);
const { organizationId } = await connect(OrganizationService).addOrganization({ name: unique("Acme") });
const ctx = { resourceOwner: { case: "orgId", value: organizationId } };

// What is reported.
const general = await settings.getGeneralSettings({});
assert.deepEqual([general.defaultOrgId.length > 0, general.supportedLanguages], [true, ["en", "de"]]);
const login = (await settings.getLoginSettings({ ctx })).settings;
assert.ok(login.allowUsernamePassword && login.secondFactors.includes(SecondFactorType.OTP));
assert.equal((await settings.getPasswordComplexitySettings({ ctx })).settings.minLength, 8n);
assert.equal((await settings.getPasswordExpirySettings({ ctx })).settings.maxAgeDays, 0n);
assert.equal((await settings.getLockoutSettings({ ctx })).settings.maxPasswordAttempts, 3n);
assert.equal((await settings.getDomainSettings({ ctx })).settings.loginNameIncludesDomain, false);
assert.ok((await settings.getBrandingSettings({ ctx })).settings);
assert.ok((await settings.getLegalAndSupportSettings({ ctx })).settings);
assert.ok((await settings.getActiveIdentityProviders({ ctx })).details);

// What is changed at run time.
const origins = ["https://app.example.com"];
await settings.setSecuritySettings({ embeddedIframe: { enabled: true, allowedOrigins: origins } });
assert.deepEqual((await settings.getSecuritySettings({})).settings.embeddedIframe.allowedOrigins, origins);
await settings.setSecuritySettings({ embeddedIframe: { enabled: false } });
assert.deepEqual((await settings.getSecuritySettings({})).settings.embeddedIframe?.allowedOrigins ?? [], []);
await refused(settings.setSecuritySettings({ enableImpersonation: true }), Code.Unimplemented, "SETTINGS-Imp01");
const level = { case: "organizationId", value: organizationId };
await settings.setHostedLoginTranslation({ level, locale: "de", translations: { login: { title: "Grüezi" } } });
const texts = await settings.getHostedLoginTranslation({ level, locale: "de-CH" });
assert.deepEqual(texts.translations.login, { title: "Grüezi" });

// Features.
const baseUri = "https://login.example.com/ui";
const page = async () => (await features.getInstanceFeatures({ inheritance: true })).loginV2;
const before = await page();
await features.setInstanceFeatures({ loginV2: { required: true, baseUri } });
assert.deepEqual([(await page()).baseUri, (await page()).source], [baseUri, Source.INSTANCE]);
await features.resetInstanceFeatures({});
assert.equal((await page()).baseUri, before.baseUri);
await features.setSystemFeatures({ loginV2: { required: true, baseUri } });
assert.equal((await features.getSystemFeatures({})).loginV2.baseUri, baseUri);
await features.resetSystemFeatures({});
assert.equal((await features.getSystemFeatures({})).loginV2.baseUri, before.baseUri);
await refused(features.setInstanceFeatures({ userSchema: true }), Code.FailedPrecondition, "FEATURE-Fix01");
assert.ok(await features.getOrganizationFeatures({ organizationId }));
assert.ok(await features.getUserFeatures({ userId: "anybody" }));
for (const call of [
  () => features.setOrganizationFeatures({ organizationId }),
  () => features.resetOrganizationFeatures({ organizationId }),
  () => features.setUserFeatures({ userId: "anybody" }),
  () => features.resetUserFeatures({ userId: "anybody" }),
]) {
  await refused(call(), Code.Unimplemented, "SESSION-Unimp");
}
end([SettingsService, FeatureService]);
