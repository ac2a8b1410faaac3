// Holds JSON against a schema: node validate.js SCHEMA FILE…  A file is one value, or a value on each line (ndjson);
// a directory stands for its files.  Says of each value that is not as the schema says where and why; status 1 then.
'use strict';
const fs = require('fs');
const path = require('path');

const [schemaFile, ...named] = process.argv.slice(2);
const files = named.flatMap(name => fs.statSync(name).isDirectory() ?
    fs.readdirSync(name).map(file => path.join(name, file)) : [name]);
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const Ajv = /draft-04/.test(schema.$schema) ? require('ajv-draft-04') : require('ajv/dist/2020');
// SARIF's own schema has a pattern that is none in Unicode mode.
const valid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

function values(text) {
    try {
        return [JSON.parse(text)];
    } catch {
        return text.split('\n').filter(line => line).map(line => JSON.parse(line));
    }
}

let failed = 0, count = 0;
for (const file of files) {
    let list;
    try {
        list = values(fs.readFileSync(file, 'utf8'));
    } catch (error) {
        console.log(`${file}: not JSON: ${error.message}`);
        failed++;
        continue;
    }
    for (const value of list) {
        count++;
        if (valid(value))
            continue;
        failed++;
        const error = valid.errors[0];
        console.log(`${file}: ${error.instancePath || '(top)'}: ${error.message} ${JSON.stringify(error.params)}`);
        console.log(`  ${JSON.stringify(value).slice(0, 400)}`);
    }
}
if (!count) {
    console.log('there was nothing to validate');
    failed++;
}
process.exit(failed ? 1 : 0);
