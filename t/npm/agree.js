// Do the schema and the loader say the same of a rule file?  Prints TAP.
//
// Documents are made from the schema itself, by chance with a fixed seed: first such as should be right, then each of
// those with one thing damaged.  Both judges see the same YAML.  What the schema rejects the loader must reject; what
// the loader rejects the schema must reject too, unless all that the loader says is beyond any schema (what definitions
// say of each other, see `beyond`).
//
//     node agree.js PROGRAM SCHEMAS WORK
'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const Ajv = require('ajv/dist/2020');
const YAML = require('yaml');

const [program, schemas, work] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(path.join(schemas, 'gatepost-rules-1.json'), 'utf8'));
const accepts = new Ajv({ strict: false }).compile(schema);

// Diagnostics that no schema can give: what definitions say of each other, what PCRE2 and globs are made of, layers; in
// a drop-in, whether what it changes is there, else it lacks keys.
const other = ['untyped', 'GP0215', 'GP0217', 'GP0220', 'GP0402', 'GP0404', 'GP0408', 'GP0409', 'GP0412'];
const changed = ['GP0202', 'GP0209', 'GP0321'];
// Of what is said when definitions are put together, this the rows of the tables say, and so does the schema.
const bounds = ['GP0321', 'GP0322', 'GP0361', 'GP0362', 'GP0366', 'GP0372', 'GP0384'];
const beyond = (kind, id) => (/^GP03/.test(id) && !bounds.includes(id)) || other.includes(id) ||
    (kind === 'drop-in' && changed.includes(id));
// What the damage must bring out at least once.
const expressible = ['GP0201', 'GP0202', 'GP0203', 'GP0204', 'GP0206', 'GP0207', 'GP0209', 'GP0210', 'GP0212', 'GP0213',
    'GP0214', 'GP0216', 'GP0218', 'GP0219', ...bounds];

// ---- chance --------------------------------------------------------------------------------------------------------

let seed = 20270131;
function random() { // xorshift32: the same on every machine
    seed ^= seed << 13; seed >>>= 0;
    seed ^= seed >>> 17;
    seed ^= seed << 5; seed >>>= 0;
    return seed / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const chance = p => random() < p;

// ---- documents from the schema -------------------------------------------------------------------------------------

// What stands in every rule set, so that there is something to refer to.
const world = `
vars:
  v-int: { type: integer, default: 3 }
  v-dir: { type: directory, default: /nonexistent }
markers:
  m-int: { read: { size: a/b } }
conditions:
  c-one: { file: a/b }
states:
  s-one: { file: a/b }
attestations:
  t-one: { within: 1 h }
messages:
  g-one: { text: It does not work. }
operations:
  o-one:
    params: { p-int: { type: integer, default: 1 } }
    requires: { r-one: { that: c-one } }
`;
const samples = {
    'text': ['some text', 12, 1.5, true, 'NO', '010', 'a: b', ''],
    'text-that-is-not-empty': ['some text', 7, false, 'x'],
    'text-with-names': ['plain', 'costs $5', 'a ${root} b', 'in ${v-int} steps', 3],
    'integer': [0, 1, 12, 4096, -1],
    'size': [0, 512, '64 KiB', '2GiB', '1 B'],
    'duration': ['90 s', '15 min', '1h', '7 d', '0 s'],
    'date': ['2027-01-31', '2027-01-31T12:00:00Z', '2000-02-29'],
    'boolean': [true, false],
    'bytes': ['hex:4d5a00', 'text:WGPO', 'hex:00'],
    'reason': ['the NAS does it', 'yes, as agreed', 7],
    'pattern': ['^[A-Z]+$', 'x', 12],
    'path': ['a/b', '.', 'data/main.db', 'x y', 12, 'a/${v-int}/c'],
    'glob': ['a/*.db', '{a,b}/c', '[0-9]*', 'plain', '??', 'a/b'],
    'id': ['c-one'],
    'id-of-a-variable': ['v-int'],
    'id-of-a-parameter': ['p-int'],
    'id-of-a-marker': ['m-int'],
    'id-of-a-condition': ['c-one'],
    'id-of-a-state': ['s-one'],
    'id-of-a-attestation': ['t-one'],
    'id-of-a-message': ['g-one'],
    'id-of-a-operation': ['o-one'],
    'id-of-a-directory': ['v-dir'],
};
// What the binder takes as a text, and the linker as the number that it is compared with.
const numbers = ['text-value', 'text-or-comparison', 'text-comparison'];
let numeric = 0;

// Numbers of a range: the ends of it, and what lies between.
for (const [name, { type, minimum, maximum }] of Object.entries(schema.$defs))
    if (!samples[name] && [type].flat().includes('integer'))
        samples[name] = [0, 1, 2, 200, minimum, maximum].filter(it => it >= minimum && it <= maximum &&
            Number.isSafeInteger(it)).concat(/^size/.test(name) ? ['1 B', '3 KiB', '0x10 B'] : []);

// The same, wrong.
const wrong = {
    'reason': ['true', 'No', 'ON', 'off', true, false, ''],
    'size': ['12 KB', '64 kib', -5, '1.5 MiB', '0x', '010 B'],
    'duration': ['5 weeks', '1 hour', '90', 90, '-1 s', '05 s'],
    'date': ['2027-13-01', '31.1.2027', 20270131, '2027-1-1', '2027-01-31T25:00:00Z'],
    'bytes': ['hex:4d5', 'hex:', 'text:', 'WGPO', 'hex:zz'],
    'path': ['/abs', 'a//b', 'a/../b', 'a\\b', 'a/', '*.x', 'a?', '${', 'a/${}/b', '', 'a/./b', '[x]', '{a,b}'],
    'glob': ['/abs', 'a//b', '../*', 'a\\*', '*/', '${', ''],
    'text-with-names': ['${', 'x ${}', '${a b}', '${open'],
    'pattern': [''],
};
const def = ref => ref.slice('#/$defs/'.length);
let used; // definitions that the present document was made from

// The branches of a chain of if/then/else whose conditions are `required`: [[key, schema]…] and what is left at its end.
function branches(node) {
    const list = [];
    while (node.if && node.if.required) {
        list.push([node.if.required[0], node.then]);
        node = node.else || {};
    }
    return list;
}

function object(node, depth) {
    const out = {};
    const chain = branches(node);
    const properties = node.properties || {};
    const required = node.required || [];
    const chosen = chain.length ? pick(chain)[0] : null;
    const others = chain.map(([key]) => key).filter(key => key !== chosen);
    const keys = Object.keys(properties).filter(key => !others.includes(key));
    for (const key of keys)
        if (required.includes(key) || key === chosen || chance(depth > 3 ? 0.05 : 0.25))
            out[key] = make(properties[key], depth + 1);
    for (const [key, partners] of Object.entries(node.dependentRequired || {}))
        for (const partner of key in out ? partners : [])
            out[partner] ??= make(properties[partner], depth + 1);
    if (node.minProperties && !Object.keys(out).length && keys.length) {
        const key = pick(keys);
        out[key] = make(properties[key], depth + 1);
    }
    if (node.additionalProperties && typeof node.additionalProperties === 'object') {
        const count = (node.minProperties || 0) + below(2);
        for (let i = 0; i < count; i++)
            out[pick(['new-', 'X', '7.', 'a_']) + below(1000)] = make(node.additionalProperties, depth + 1);
    }
    return out;
}

function make(node, depth) {
    if (node.$ref) {
        const name = def(node.$ref);
        used.add(name);
        if (name === 'text' && numeric)
            return below(100);
        if (samples[name])
            return pick(samples[name]);
        numeric += numbers.includes(name);
        const value = make(schema.$defs[name], depth);
        numeric -= numbers.includes(name);
        // Whatever stands in an operation may use its parameters.
        if (name === 'operation')
            value.params = { ...value.params, 'p-int': { type: 'integer', default: 1 } };
        return value;
    }
    if ('const' in node)
        return node.const;
    if (node.enum)
        return pick(node.enum);
    if (node.if && node.if.type === 'array')
        return make(depth > 4 || chance(0.5) ? node.else : node.then, depth);
    if (node.if && node.if.type === 'object')
        return make(depth > 4 || chance(0.4) ? node.else : node.then, depth);
    if (node.if && node.if.anyOf)
        return make(chance(0.2) ? node.then : node.else, depth);
    if (node.if && !node.properties)
        return make(pick(branches(node))[1], depth);
    if (node.type === 'array')
        return Array.from({ length: (node.minItems || 0) + below(2) }, () => make(node.items, depth + 1));
    return object(node, depth);
}

// ---- the three shapes of files -------------------------------------------------------------------------------------

const sections = ['vars', 'markers', 'conditions', 'states', 'attestations', 'messages', 'operations'];
const base = YAML.parse(world);

function random_sections(definition) {
    const out = {};
    for (let i = 0; i < 1 + below(2); i++) {
        const section = pick(sections);
        const element = schema.$defs[definition].properties[section].additionalProperties;
        out[section] = { ['n' + below(100)]: make(element, 2) };
    }
    return out;
}

const kinds = {
    'ruleset.yaml'() {
        const out = { gatepost: 1, ruleset: 'x' };
        const properties = schema.$defs['ruleset.yaml'].properties;
        for (const key of ['title', 'version', 'names', 'lock', 'demands'])
            if (chance(0.3))
                out[key] = make(properties[key], 1);
        const more = random_sections('ruleset.yaml');
        for (const section of sections)
            out[section] = { ...base[section], ...more[section] };
        return out;
    },
    'more.yaml'() {
        return { gatepost: 1, ...random_sections('rule-file') };
    },
    'drop-in'() {
        const out = { gatepost: 1, amends: 'x', ...random_sections('rule-file') };
        if (chance(0.5))
            out.vars = { ...out.vars, 'v-int': pick([7, { default: 9 }]) };
        if (chance(0.5))
            out.operations = { 'o-one': make(schema.$defs['change-of-operation'], 3) };
        return out;
    },
};

// ---- damage --------------------------------------------------------------------------------------------------------

// Every place in a document: [container, key]; not the keys that tell what file it is, as its name says that to the
// loader.
function places(value, found = []) {
    if (value && typeof value === 'object')
        for (const key of Object.keys(value)) {
            if (key !== 'ruleset' && key !== 'amends')
                found.push([value, key]);
            places(value[key], found);
        }
    return found;
}

const families = ['condition', 'read', 'step'];
const rows = Object.fromEntries(families.map(family =>
    [family, branches(family === 'condition' ? schema.$defs[family].then : schema.$defs[family]).map(([key]) => key)]));
const odd = [null, {}, [], [1], ['a', 'b'], { a: 1 }, '', 'nonesuch', -5, 1.25, true, 'stated', 'upper', 'warn', [[]],
    { file: 'a' }, { var: 'v-int' }, { var: 'v-int', param: 'p-int' }, { is: 1 }, { is: 1, bogus: 2 }, 'x'.repeat(70),
    ...Object.values(wrong).flat()];

const damages = {
    'a key that means nothing'(list) {
        const [container, key] = pick(list);
        const target = container[key] && typeof container[key] === 'object' ? container[key] : container;
        if (!Array.isArray(target))
            target['bogus' + below(10)] = pick([1, 'x', {}]);
    },
    'a key less'(list) {
        const [container, key] = pick(list);
        if (Array.isArray(container))
            container.splice(key, 1);
        else
            delete container[key];
    },
    'another value'(list) {
        const [container, key] = pick(list);
        container[key] = pick(odd);
    },
    'a value of the wrong form'(list) {
        const [container, key] = pick(list.filter(([it, at]) => typeof it[at] !== 'object'));
        const forms = Object.keys(wrong).filter(name => samples[name].includes(container[key]));
        container[key] = forms.length ? pick(wrong[pick(forms)]) : '';
    },
    'a number beyond its bounds'(list) {
        const [container, key] = pick(list.filter(([it, at]) => typeof it[at] === 'number') || list) || [];
        if (container)
            container[key] = pick([-1, -2, 0, 256, 65536, 2 ** 24 + 1, 2 ** 32, 2 ** 64, -(2 ** 64)]);
    },
    'a list that is too short'(list) {
        const [container, key] = pick(list.filter(([it, at]) => Array.isArray(it[at]))) || [];
        if (container)
            container[key] = container[key].slice(0, pick([0, 1]));
    },
    'nothing in it'(list) {
        const [container, key] = pick(list.filter(([it, at]) => typeof it[at] === 'object'));
        container[key] = Array.isArray(container[key]) ? [] : {};
    },
    'another key'(list) {
        const [container, key] = pick(list);
        if (Array.isArray(container))
            return;
        const value = container[key];
        delete container[key];
        container[pick(['-bad', 'has space', 'ä', key + 'x', key.toUpperCase(), 'x'.repeat(65), 'title', 'when', 'that'])] = value;
    },
    'a second deciding key'(list) {
        const mappings = list.map(([container]) => container).filter(it => !Array.isArray(it) &&
            families.some(family => Object.keys(it).some(key => rows[family].includes(key))));
        if (!mappings.length)
            return;
        const target = pick(mappings);
        const family = families.find(it => Object.keys(target).some(key => rows[it].includes(key)));
        target[pick(rows[family])] = pick(['a/b', ['c-one'], 'm-int', { file: 'a' }]);
    },
};

// ---- judges --------------------------------------------------------------------------------------------------------

let number = 0;
function load(kind, text) {
    const dir = path.join(work, String(number++));
    const set = path.join(dir, 'x');
    fs.mkdirSync(set, { recursive: true });
    if (kind !== 'ruleset.yaml')
        fs.writeFileSync(path.join(set, 'ruleset.yaml'), 'gatepost: 1\nruleset: x\n' + world);
    const place = kind === 'drop-in' ? path.join(dir, 'x.d', '10.yaml') : path.join(set, kind);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
    const run = spawnSync(program, ['-r', set, 'list', '-q'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    fs.rmSync(dir, { recursive: true });
    if (run.status !== 0 && run.status !== 3)
        throw new Error(`${program} ended with ${run.status} ${run.signal || ''}:\n${run.stderr}\n${text}`);
    const ids = [...run.stderr.matchAll(/^\S.*: error: .*\[(GP\d{4})\]$/gm)].map(([said, id]) =>
        (id === 'GP0207' || id === 'GP0208') && is_untyped(text, said) ? 'untyped' : id);
    return { ok: run.status === 0, ids, said: run.stderr };
}

// A literal whose type comes from what it is compared with, or from the `type` beside it, can be wrong only to the loader.
const untyped = ['is', 'in', 'min', 'max', 'default', 'value', 'values', 'equal', 'ordered', 'vars'];
function is_untyped(text, said) {
    const [, line, column] = said.match(/:(\d+):(\d+): error:/);
    const lines = new YAML.LineCounter();
    const document = YAML.parseDocument(text, { version: '1.2', schema: 'core', lineCounter: lines });
    let keys = [];
    YAML.visit(document, {
        Scalar(key, node, parents) {
            const at = lines.linePos(node.range[0]);
            if (at.line === Number(line) && at.col === Number(column))
                keys = parents.filter(YAML.isPair).map(pair => pair.key.value);
        },
    });
    return keys.slice(-2).some(key => untyped.includes(key));
}

// YAML as people write it: plain where that is the same value.
const write = document => YAML.stringify(document, { version: '1.2', schema: 'core', lineWidth: 0, aliasDuplicateObjects: false });

const tally = { both: 0, neither: 0, beyond: 0, seen: {}, made: new Set() };
const disagreements = [];

function judge(kind, document, what) {
    const text = write(document);
    const by_schema = accepts(YAML.parse(text, { version: '1.2', schema: 'core' }));
    const loaded = load(kind, text);
    const alone = loaded.ids.filter(id => !beyond(kind, id));
    if (by_schema && loaded.ok) {
        tally.both++;
    } else if (!by_schema && !loaded.ok) {
        tally.neither++;
        new Set(loaded.ids).forEach(id => { tally.seen[id] = (tally.seen[id] || 0) + 1; });
    } else if (by_schema && loaded.ids.length && !alone.length) {
        tally.beyond++;
    } else {
        disagreements.push(`${kind}, ${what}: the schema ${by_schema ? 'accepts' : 'rejects'} it, the loader ` +
            `${loaded.ok ? 'accepts' : 'rejects'} it\n${text}\n${by_schema ? '' : JSON.stringify(accepts.errors[0])}\n${loaded.said}`);
    }
    return by_schema && loaded.ok;
}

// ---- the proof -----------------------------------------------------------------------------------------------------

const RIGHT = 200;   // of each kind
const DAMAGED = 500; // of each kind

for (const kind of Object.keys(kinds)) {
    const right = [];
    for (let tries = 0; right.length < RIGHT && tries < 10 * RIGHT; tries++) {
        used = new Set();
        const document = kinds[kind]();
        if (judge(kind, document, 'made from the schema')) {
            right.push(document);
            used.forEach(name => tally.made.add(name));
        }
    }
    for (let i = 0; i < DAMAGED && right.length; i++) {
        const document = structuredClone(pick(right));
        const what = pick(Object.keys(damages));
        damages[what](places(document));
        judge(kind, document, what);
    }
}

// Every row of the language at least once in a document that is right.
const all_rows = Object.keys(schema.$defs).filter(it => /^(condition|read|step)-/.test(it) && it !== 'condition-changed');
const around = {
    condition: made => ({ conditions: { n: made } }),
    read: made => ({ markers: { n: { read: made } } }),
    step: made => ({ operations: { n: { action: [made] } } }),
};
for (const name of all_rows)
    for (let tries = 0; !tally.made.has(name) && tries < 100; tries++) {
        used = new Set();
        const made = make({ $ref: '#/$defs/' + name }, 3);
        if (judge('more.yaml', { gatepost: 1, ...around[name.split('-')[0]](made) }, 'made from one row'))
            used.forEach(it => tally.made.add(it));
    }

// Every number that a row bounds, in every place of it: at its ends, and just beyond, where both must reject it.
function bounded(node, at = []) {
    if (node.$ref)
        return at.length > 3 ? [] : bounded(schema.$defs[def(node.$ref)], at);
    const parts = [];
    if ([node.type].flat().includes('integer') && (node.minimum > -(2 ** 63) || node.maximum < 2 ** 63))
        parts.push([at, node]);
    if (node.if && !node.if.required && !node.properties)
        parts.push(...bounded(node.then, at), ...bounded(node.else, at));
    if (node.type === 'array')
        parts.push(...bounded(node.items, [...at, 0]));
    for (const [key, property] of Object.entries(at.length && at.length < 3 && node.properties || {}))
        parts.push(...bounded(property, [...at, key]));
    return parts;
}

// A mapping for a key that takes a mapping, or a scalar too.
function made_object(node) {
    if (node.$ref)
        return made_object(schema.$defs[def(node.$ref)]);
    return node.properties ? object(node, 4) : {};
}

function set(document, at, value) {
    const [key, ...rest] = at;
    if (!rest.length) {
        document[key] = value;
        return;
    }
    if (!document[key] || typeof document[key] !== 'object')
        document[key] = typeof rest[0] === 'number' ? [] : {};
    set(document[key], rest, value);
}

// Keys that need others, without them, and words that are no reason.
for (let i = 0; i < 20; i++) {
    const needs = schema.$defs.requirement.dependentRequired;
    const made = make({ $ref: '#/$defs/requirement' }, 3);
    const lone = pick(Object.keys(needs));
    made[lone] = make(schema.$defs.requirement.properties[lone], 4);
    needs[lone].forEach(key => { delete made[key]; });
    const around_it = it => ({ gatepost: 1, operations: { n: { requires: { r: it } } } });
    judge('more.yaml', around_it(made), `${lone} alone`);
    judge('more.yaml', around_it({ that: 'c-one', waived: wrong.reason[i % wrong.reason.length] }), 'no reason');
}

let bounds_tried = 0;
const bounds_taken = [];
for (const name of all_rows)
    for (const [key, property] of Object.entries(schema.$defs[name].properties))
        for (const [at, { minimum, maximum }] of bounded(property, [key])) {
            const others = branches(schema.$defs[name]).map(([it]) => it).filter(it => it !== key);
            const right = make({ $ref: '#/$defs/' + name }, 3);
            if (others.length && branches(schema.$defs[name]).some(([it]) => it === key))
                others.forEach(it => { delete right[it]; });
            if (at.length > 1 && !right[key])
                right[key] = at[1] === 0 || property.type === 'array' ? [] : made_object(property);
            for (const [value, good] of [[minimum, true], [maximum, true], [minimum - 1, false], [maximum + 1, false]]) {
                const big = Math.abs(value) >= 2 ** 63;
                if (!Number.isSafeInteger(value) && (good || !big))
                    continue;
                const document = structuredClone(right);
                set(document, at, big ? Math.sign(value) * 2 ** 64 : value);
                const file = { gatepost: 1, ...around[name.split('-')[0]](document) };
                judge('more.yaml', file, `${at.join('.')} at a bound`);
                bounds_tried++;
                if (!good && accepts(file))
                    bounds_taken.push(`${name}: ${at.join('.')}: ${value}`);
            }
        }

let count = 0, failed = 0;
function ok(good, name, detail) {
    count++;
    failed += !good;
    console.log(`${good ? 'ok' : 'not ok'} ${count} - ${name}`);
    if (!good && detail)
        console.error(detail.replace(/^/gm, '# '));
}

ok(!disagreements.length, `the schema and the loader agree on ${tally.both + tally.neither} documents`,
    `${disagreements.length} disagreements; the first:\n${disagreements.slice(0, 5).join('\n----\n')}`);
ok(tally.both >= 3 * RIGHT, 'enough of them are right', `only ${tally.both}`);
ok(tally.neither >= DAMAGED, 'enough of them are wrong', `only ${tally.neither}`);
ok(bounds_tried > 100 && !bounds_taken.length, `no number beyond a bound is taken (${bounds_tried} tried)`,
    bounds_taken.join('\n'));
for (const id of expressible)
    ok(tally.seen[id], `${id} is among what both reject`);
// Three reads name a table that has to be there, which is more than a schema can say.
for (const name of all_rows.filter((it) => !/^read-(record|highest|rows)$/.test(it)))
    ok(tally.made.has(name), `a right document has a ${name.replace('-', ' ')}`);
console.log(`1..${count}`);
console.error(`# ${tally.both} accepted by both, ${tally.neither} rejected by both, ${tally.beyond} only the loader can judge`);
process.exit(failed ? 1 : 0);
