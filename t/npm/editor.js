// Talks to yaml-language-server as an editor does: completion, hover and errors in rule files with a modeline.
// Prints TAP.      node editor.js NODE_MODULES DIRECTORY
'use strict';
const path = require('path');
const { spawn } = require('child_process');
const { pathToFileURL } = require('url');

const [modules, directory] = process.argv.slice(2);
const server = spawn(process.execPath, [path.join(modules, 'yaml-language-server/bin/yaml-language-server'), '--stdio'],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env.PATH } });
const deadline = setTimeout(() => { console.log('Bail out!  the language server does not answer'); server.kill(); process.exit(1); }, 60000);

// ---- the protocol: JSON-RPC with a header that says how long each message is ----------------------------------------

let buffer = Buffer.alloc(0), last = 0;
const waiting = new Map(), published = new Map();

function send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
}
const request = (method, params) => new Promise(resolve => {
    waiting.set(++last, resolve);
    send({ id: last, method, params });
});
const settings = { yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true }, http: {} };

function receive(message) {
    if (message.method === 'textDocument/publishDiagnostics')
        (published.get(message.params.uri) || (() => {}))(message.params.diagnostics);
    else if (message.method === 'workspace/configuration')
        send({ id: message.id, result: message.params.items.map(item => settings[item.section] || {}) });
    else if (message.method && message.id !== undefined)
        send({ id: message.id, result: null });
    else if (waiting.has(message.id))
        waiting.get(message.id)(message.result);
}
server.stdout.on('data', data => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
        const end = buffer.indexOf('\r\n\r\n');
        const length = end < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end))[1]);
        if (end < 0 || buffer.length < end + 4 + length)
            return;
        const body = buffer.subarray(end + 4, end + 4 + length);
        buffer = buffer.subarray(end + 4 + length);
        receive(JSON.parse(body));
    }
});

// ---- checks --------------------------------------------------------------------------------------------------------

let count = 0, failed = 0;
function ok(good, name, detail) {
    failed += !good;
    console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
    if (!good)
        console.error(`# ${JSON.stringify(detail).slice(0, 1000)}`);
}

let files = 0;
// Opens a text in which "|" is the cursor: { uri, position, problems }.
async function open(text, name) {
    const before = text.split('|')[0];
    const position = { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
    const uri = pathToFileURL(path.join(directory, name || `file${++files}.yaml`)).href;
    const problems = new Promise(resolve => published.set(uri, resolve));
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text: text.replace('|', '') } } });
    return { textDocument: { uri }, position, problems: await problems };
}
const rules = '# yaml-language-server: $schema=../../schemas/gatepost-rules-1.json\n';

async function offers(what, text, label, help, name) {
    const at = await open(text, name);
    const answer = await request('textDocument/completion', at);
    const items = Array.isArray(answer) ? answer : answer.items;
    const found = items.find(item => item.label === label);
    ok(found, `${what}: offers ${label}`, items.map(item => item.label));
    const words = found && found.documentation ? found.documentation.value || found.documentation : '';
    ok(words.includes(help), '  and says what it is', words);
}

async function explains(what, text, help) {
    const answer = await request('textDocument/hover', await open(text));
    const words = answer && answer.contents ? answer.contents.value || answer.contents : '';
    ok(words.includes(help), `${what}: explained`, words);
}

async function complains(what, text, problem) {
    const { problems } = await open(text + '|');
    ok(problem ? problems.length === 1 && problems[0].message.includes(problem) : !problems.length, what, problems);
}

(async () => {
    await request('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true },
        textDocument: { hover: { contentFormat: ['markdown'] }, completion: { completionItem: { documentationFormat: ['markdown'] } } } } });
    send({ method: 'initialized', params: {} });
    send({ method: 'workspace/didChangeConfiguration', params: { settings } });

    await offers('a new file', rules + '|', 'gatepost', 'the version of the rule language');
    await offers('a section', rules + 'gatepost: 1\n|', 'operations', 'what can be done to a tree');
    await offers('a requirement', rules + 'gatepost: 1\noperations:\n  o:\n    requires:\n      r:\n        |', 'severity',
        'what follows when it does not hold');
    await offers('a word', rules + 'gatepost: 1\noperations:\n  o:\n    requires:\n      r:\n        that: c\n        severity: |',
        'need', '');
    await offers('a condition', rules + 'gatepost: 1\nconditions:\n  c:\n    |', 'absent', 'nothing of any type is at these paths');
    await offers('a facet', rules + 'gatepost: 1\nconditions:\n  c:\n    file: a\n    |', 'writable', 'no read-only attribute');
    await offers('a drop-in', rules + 'gatepost: 1\namends: msmail\n|', 'operations', 'what can be done to a tree');
    await explains('a key', rules + 'gatepost: 1\nconditions:\n  c:\n    fi|le: a\n', 'is a regular file');
    await explains('a section', rules + 'gatepost: 1\nmark|ers: {}\n', 'what can be seen in a tree');
    await complains('nothing wrong, nothing said', rules + 'gatepost: 1\nconditions:\n  c: { file: a, size: 64 KiB }\n');
    await complains('a misspelt key', rules + 'gatepost: 1\nconditions:\n  c: { file: a, sise: 3 }\n', 'Property sise is not allowed');
    await complains('a missing key', rules + 'gatepost: 1\noperations:\n  o:\n    requires:\n      r: {}\n', 'Missing property "that"');

    console.log(`1..${count}`);
    clearTimeout(deadline);
    server.kill();
    process.exit(failed ? 1 : 0);
})();
