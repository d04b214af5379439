// People and service accounts, by @zitadel/client. One script, because together they call every method of the service.
import { UserService } from "@zitadel/proto/zitadel/user/v2/user_service_pb.js";
import { end } from "./script.mjs";

await import("./users-people.mjs");
await import("./users-factors.mjs");
await import("./users-machines.mjs");
// Logins at providers need a provider and a browser; other tests have them.
end([UserService], ["StartIdentityProviderIntent", "RetrieveIdentityProviderIntent"]);
