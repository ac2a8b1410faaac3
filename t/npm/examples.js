// Whether a schema is one, and whether its examples are what it says: node examples.js SCHEMA…
'use strict';
const fs = require('fs');
const Ajv = require('ajv/dist/2020');

let failed = 0, count = 0;
for (const file of process.argv.slice(2)) {
    const schema = JSON.parse(fs.readFileSync(file, 'utf8'));
    const ajv = new Ajv({ strict: false, keywords: ['enumDescriptions', 'errorMessage'] });
    if (!ajv.validateSchema(schema)) {
        console.log(`${file}: no schema: ${ajv.errorsText()}`);
        failed = 1;
        continue;
    }
    const say = what => { console.log(`${file}: ${what}`); failed = 1; };
    ajv.addSchema(schema, 'root');
    (function walk(node, pointer) {
        if (!node || typeof node !== 'object')
            return;
        if (node.oneOf)
            say(`${pointer}: oneOf`);
        if (typeof node.$ref === 'string' && !schema.$defs[node.$ref.replace('#/$defs/', '')])
            say(`${pointer}: ${node.$ref} leads nowhere`);
        if (node.type === 'object' && node.properties && node.additionalProperties !== false && !node.propertyNames && pointer !== '#')
            say(`${pointer}: an object that is not closed`);
        for (const example of Array.isArray(node.examples) ? node.examples : []) {
            count++;
            const valid = ajv.compile({ $ref: 'root' + pointer });
            if (!valid(example))
                say(`${pointer}: the example ${JSON.stringify(example)}: ${ajv.errorsText(valid.errors)}`);
        }
        for (const key of Object.keys(node))
            walk(node[key], `${pointer}/${encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'))}`);
    })(schema, '#');
}
console.log(`${count} examples`);
process.exit(failed);
