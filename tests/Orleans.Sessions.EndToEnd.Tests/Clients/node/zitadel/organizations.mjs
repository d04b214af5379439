// Organizations, by @zitadel/node. The packages have two methods of the second API; clients of other languages have all (python.mjs).
import assert from "node:assert/strict";
import { TextQueryMethod } from "@zitadel/node/dist/api/generated/zitadel/object/v2/object.js";
import { OrganizationState } from "@zitadel/node/dist/api/generated/zitadel/org/v2/org.js";
import { OrganizationServiceDefinition } from "@zitadel/node/dist/api/generated/zitadel/org/v2/org_service.js";
import { OrganizationFieldName } from "@zitadel/node/dist/api/generated/zitadel/org/v2/query.js";
import { Status } from "nice-grpc";
import { connect, refused } from "./node.mjs";
import { end, unique } from "./script.mjs";

const organizations = connect(OrganizationServiceDefinition);
const name = unique("Acme");
const username = unique("owner");
const added = await organizations.addOrganization({
  name: `${name}-2`,
  admins: [
    {
      human: {
        username,
        profile: { givenName: "Minnie", familyName: "Mouse" },
        email: { email: `${username}@example.com`, returnCode: {} },
      },
    },
  ],
});
const { organizationId } = added;
assert.equal(added.createdAdmins.length, 1);
assert.equal(added.createdAdmins[0].emailCode.length, 6);
await refused(organizations.addOrganization({ name: `${name}-2` }), Status.ALREADY_EXISTS, "COMMAND-OrgEx");
await organizations.addOrganization({ name: `${name}-1` });

const find = async (query, ...queries) =>
  organizations.listOrganizations({ query, sortingColumn: OrganizationFieldName.ORGANIZATION_FIELD_NAME_NAME, queries });
const page = await find({ offset: 1, limit: 1, asc: true }, { nameQuery: { name, method: TextQueryMethod.TEXT_QUERY_METHOD_STARTS_WITH } });
assert.deepEqual([page.result.map((one) => one.id), page.details.totalResult.toNumber()], [[organizationId], 2]);
const [read] = (await find({}, { idQuery: { id: organizationId } })).result;
assert.deepEqual([read.name, read.state], [`${name}-2`, OrganizationState.ORGANIZATION_STATE_ACTIVE]);
assert.equal((await find({}, { defaultQuery: {} })).result.length, 1);
end([OrganizationServiceDefinition]);
