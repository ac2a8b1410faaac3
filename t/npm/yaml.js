// Holds YAML files against a schema as an editor does: node yaml.js SCHEMA FILE…
'use strict';
const fs = require('fs');
const Ajv = require('ajv/dist/2020');
const YAML = require('yaml');

const [schemaFile, ...files] = process.argv.slice(2);
const valid = new Ajv({ strict: false }).compile(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
let failed = files.length ? 0 : 1;

for (const file of files) {
    const document = YAML.parse(fs.readFileSync(file, 'utf8'), { version: '1.2', schema: 'core' });
    if (valid(document))
        continue;
    failed = 1;
    console.log(`${file}: ${valid.errors[0].instancePath || '(top)'}: ${valid.errors[0].message} ` +
        JSON.stringify(valid.errors[0].params));
}
process.exit(failed);
