// Says whether a file is valid OpenAPI, and of which version.
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const result = await validator.validate(process.argv[2]);
console.log(result.valid ? `valid ${validator.version}` : `invalid: ${JSON.stringify(result.errors)}`);
