/* Texts to nodes: spans, every diagnostic of what a file is made of, and limits. */
#include <errno.h>
#include <stdlib.h>

#include "load-helper.h"
#include "load/node.h"
#include "rule/limits.h"
#include "util/text.h"

/* One text that was read. */
struct reading {
    struct sink sink;
    struct gp_arena *arena;
    struct gp_node *root;
    size_t budget;
    int r;
};

static struct reading read_with(const char *text, size_t len, size_t budget, size_t memory)
{
    struct reading reading = {.sink = sink_new(), .arena = gp_arena_new(memory), .budget = budget};
    int source = gp_sources_add(reading.sink.sources, "f", text, len);

    if (!reading.arena || source < 0)
        bail("out of memory");
    reading.r = gp_node_parse(reading.arena, (uint32_t)source, reading.sink.diags, &reading.budget, &reading.root);
    return reading;
}

static struct reading read_text(const char *text)
{
    return read_with(text, strlen(text), GP_LIMIT_NODES, 0);
}

static void reading_free(struct reading *reading)
{
    gp_arena_free(reading->arena);
    sink_free(&reading->sink);
}

/* ---- trees ------------------------------------------------------------------------------------------------------- */

static void show_bytes(struct gp_strbuf *out, struct gp_str text)
{
    gp_text_escape(out, text.data, text.len, false);
}

static void show_span(struct gp_strbuf *out, const char *text, struct gp_span at)
{
    gp_strbuf_add(out, "<");
    show_bytes(out, (struct gp_str){text + at.offset, at.length});
    gp_strbuf_add(out, ">");
}

/* Each scalar as value<bytes of its span>, quoted ones with a " before; mappings in { }, lists in [ ], both with their
 * first and last byte. */
static void show(struct gp_strbuf *out, const char *text, const struct gp_node *node)
{
    if (node->broken)
        gp_strbuf_add(out, "!");
    if (node->kind == GP_NODE_SCALAR) {
        gp_strbuf_add(out, node->quoted ? "\"" : "");
        show_bytes(out, node->text);
        show_span(out, text, node->at);
        return;
    }
    gp_strbuf_add(out, node->kind == GP_NODE_LIST ? "[" : "{");
    for (size_t i = 0; i < node->count; i++) {
        gp_strbuf_add(out, i ? ", " : "");
        if (node->kind == GP_NODE_MAPPING) {
            show_bytes(out, node->pairs[i].key);
            show_span(out, text, node->pairs[i].key_at);
            gp_strbuf_add(out, ": ");
            show(out, text, node->pairs[i].value);
        } else {
            show(out, text, node->items[i]);
        }
    }
    struct gp_str span = {text + node->at.offset, node->at.length};
    gp_strbuf_printf(out, "%c%c%c", node->kind == GP_NODE_LIST ? ']' : '}', span.len ? span.data[0] : '0',
                     span.len ? span.data[span.len - 1] : '0');
}

static const struct {
    const char *name, *text, *want;
} trees[] = {
    {"plain scalars and keys", "a: b\nc:  d e  # f\n", "{a<a>: b<b>, c<c>: d e<d e>}ae"},
    {"quotes belong to the span", "\"a\": 'b''c'\n", "{a<\"a\">: \"b'c<'b''c'>}\"'"},
    {"escapes", "a: \"x\\ty\\u00e9\"\n", "{a<a>: \"x\\x09y\xc3\xa9<\"x\\ty\\u00e9\">}a\""},
    {"no value, ~, null", "a:\nb: ~\nc: null\n", "{a<a>: <>, b<b>: ~<~>, c<c>: null<null>}al"},
    {"an empty value in a list", "- \n- b\n", "[<>, b<b>]-b"},
    {"a literal block without the line breaks behind it", "a: |\n  x\n  y\n\n\nb: c\n",
     "{a<a>: \"x\\x0ay\\x0a<|\\x0a  x\\x0a  y>, b<b>: c<c>}ac"},
    {"a folded block at the end", "a: >-\n  x\n  y\n", "{a<a>: \"x y<>-\\x0a  x\\x0a  y>}ay"},
    {"a plain scalar over two lines", "a: b\n  c\nd: e\n", "{a<a>: b c<b\\x0a  c>, d<d>: e<e>}ae"},
    {"flow", "{a: [b, {c: d}, []], e: {}}", "{a<a>: [b<b>, {c<c>: d<d>}{}, [][]][], e<e>: {}{}}{}"},
    {"lists in blocks", "a:\n- b\n- - c\n", "{a<a>: [b<b>, [c<c>]-c]-c}ac"},
    {"offsets count bytes", "\xc3\xa9: \xe2\x82\xac\n# \xf0\x9f\x98\x80\nb: \"\xc3\xa9\" # \xc3\xa9\nc: d\n",
     "{\xc3\xa9<\xc3\xa9>: \xe2\x82\xac<\xe2\x82\xac>, b<b>: \"\xc3\xa9<\"\xc3\xa9\">, c<c>: d<d>}\xc3" "d"},
    {"a byte order mark is skipped", "\xef\xbb\xbf" "a: \xc3\xa9\nb: c\n", "{a<a>: \xc3\xa9<\xc3\xa9>, b<b>: c<c>}ac"},
    {"lines that end in CR LF", "a: b\r\nc:\r\n  - d\r\n", "{a<a>: b<b>, c<c>: [d<d>]-d}ad"},
    {"one document with --- and ...", "---\na: b\n...\n", "{a<a>: b<b>}ab"},
    {"what other readers guess stays text", "a: NO\nb: 0755\nc: 1.10\n",
     "{a<a>: NO<NO>, b<b>: 0755<0755>, c<c>: 1.10<1.10>}a0"},
    {"a quoted << is a key", "\"<<\": a\n", "{<<<\"<<\">: a<a>}\"a"},
    {"a key with ?", "? a\n: b\n", "{a<a>: b<b>}?b"},
    {"a file that is a list", "- a\n", "[a<a>]-a"},
    {"a file that is a text", "a b\n", "a b<a b>"},
};

static void test_trees(void)
{
    for (size_t i = 0; i < GP_COUNT(trees); i++) {
        struct reading reading = read_text(trees[i].text);
        struct gp_strbuf out = {0};
        if (reading.root)
            show(&out, trees[i].text, reading.root);
        /* The bytes at the edges may be half of a character. */
        is_str(gp_strbuf_text(&out), trees[i].want, "%s", trees[i].name);
        is_int(reading.r, 0, "%s: no error", trees[i].name);
        gp_strbuf_done(&out);
        reading_free(&reading);
    }
    static const char *const empty[] = {"", "# nothing\n", "\n\n", "---\n...\n"};
    for (size_t i = 0; i < GP_COUNT(empty); i++) {
        struct reading reading = read_text(empty[i]);
        ok(reading.r == 0 && (!reading.root || gp_node_is_null(reading.root)), "empty file %zu", i);
        reading_free(&reading);
    }
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

#define ALIAS "aliases are not part of the language; a glob that begins with * must be quoted [GP0111]\n"
#define ANCHOR "anchors are not part of the language; give it an id, or quote a text that begins with & [GP0112]\n"
#define TAG "tags are not part of the language; quote a text that begins with ! [GP0114]\n"
#define DIRECTIVE "directives are not part of the language; remove this line [GP0115]\n"
#define FLOW "a text with { } [ ] or a comma must be quoted inside { } and [ ] [GP0119]\n"
#define NO_KEY "a key without ': ' behind it [GP0101]\n"
#define UP "this line does not line up with those that it belongs to [GP0101]\n"

/* What is said (all first lines) and what can still be read. */
static const struct {
    const char *name, *text, *said, *tree;
} errors[] = {
    {"an alias", "a: *x\nb: c\n", "f:1:4: error: " ALIAS, "{a<a>: !*x<*x>, b<b>: c<c>}ac"},
    {"an alias as key", "*x : b\nc: d\n", "f:1:1: error: " ALIAS, "{c<c>: d<d>}*d"},
    {"a glob with *", "a: *.MDM\nb: c\n", "f:1:4: error: " ALIAS, "!{}aa"},
    {"a glob with * and braces in a list", "a: [ *.{MDM,SCR}, x ]\n", "f:1:6: error: " ALIAS, "!{}aa"},
    {"an anchor", "a: &x b\n", "f:1:4: error: " ANCHOR, "{a<a>: b<b>}ab"},
    {"an anchor before a mapping", "a: &x\n  b: c\n", "f:1:4: error: " ANCHOR, "{a<a>: {b<b>: c<c>}bc}ac"},
    {"an anchor before a key", "&x a: b\n", "f:1:1: error: " ANCHOR, "{a<a>: b<b>}&b"},
    {"an anchor and nothing", "a: &x\nb: c\n", "f:1:4: error: " ANCHOR, "{a<a>: <>, b<b>: c<c>}ac"},
    {"a malformed anchor", "a: &+ b\n",
     "f:1:4: error: anchors are not part of the language; quote a text that begins with & [GP0112]\n", "!{}aa"},
    {"tags", "a: !!int 5\nb: !x c\n", "f:1:4: error: " TAG "f:2:4: error: " TAG, NULL},
    {"a lone !", "a: ! b\n", "f:1:4: error: " TAG, "{a<a>: b<b>}ab"},
    {"a verbatim tag", "a: !<tag:yaml.org,2002:str> b\n", "f:1:4: error: " TAG, "{a<a>: b<b>}ab"},
    {"a tag and an anchor", "a: !!str &x b\n", "f:1:4: error: " TAG "f:1:10: error: " ANCHOR, "{a<a>: b<b>}ab"},
    {"a tag nobody declared", "a: !x!y b\n", "f:1:4: error: " TAG, NULL},
    {"a tag on a list", "a: !!seq\n  - b\n", "f:1:4: error: " TAG, "{a<a>: [b<b>]-b}ab"},
    {"a merge key", "<<: { a: b }\nc: d\n",
     "f:1:1: error: merge keys are not part of the language; use ids, `extends` and drop-ins [GP0113]\n",
     "{c<c>: d<d>}<d"},
    {"directives", "%YAML 1.1\n%TAG ! tag:x,\n---\na: b\n", "f:1:1: error: " DIRECTIVE "f:2:1: error: " DIRECTIVE,
     "{a<a>: b<b>}ab"},
    {"an unknown directive", "%FOO bar\n---\na: b\n", "f:1:1: error: " DIRECTIVE, NULL},
    {"another YAML", "%YAML 3.0\n---\na: b\n", "f:1:1: error: " DIRECTIVE, NULL},
    {"two versions of YAML", "%YAML 1.1\n%YAML 1.1\n---\na: b\n", "f:2:1: error: " DIRECTIVE, NULL},
    {"a second document", "a: b\n---\nc: d\n",
     "f:2:1: error: a rule file is one document; what stands from here on is a second one [GP0116]\n",
     "{a<a>: b<b>}ab"},
    {"keys that are no text", "[a]: b\n{c: d}: e\nf: g\n",
     "f:1:1: error: a key is a text, not a list [GP0117]\nf:2:1: error: a key is a text, not a mapping [GP0117]\n",
     "{f<f>: g<g>}[g"},
    {"a block of text as key", "? |\n  a\n: b\nc: d\n",
     "f:1:3: error: a key is one line, not a block of text [GP0117]\n", "{c<c>: d<d>}?d"},
    {"no key", "?\n: a\nb: c\n", "f:1:2: error: there is no key before the ':' [GP0117]\n", "{b<b>: c<c>}?c"},
    {"a key twice", "a: b\nc: d\na: e\n", "f:3:1: error: the key 'a' stands twice in this mapping [GP0118]\n",
     "{a<a>: b<b>, c<c>: d<d>}ae"},
    {"a key three times, once in quotes", "a: b\n'a': c\na: d\n",
     "f:2:1: error: the key 'a' stands twice in this mapping [GP0118]\n"
     "f:3:1: error: the key 'a' stands twice in this mapping [GP0118]\n", "{a<a>: b<b>}ad"},
    {"a key twice in flow", "{a: b, a: c}", "f:1:8: error: the key 'a' stands twice in this mapping [GP0118]\n",
     "{a<a>: b<b>}{}"},
    {"braces inside { }", "a: { some: GLB/*.{MDM,SCR} }\n", "f:1:18: error: " FLOW, "!{a<a>: !{}{.}a."},
    {"brackets inside [ ]", "a: [ x[1] ]\n", "f:1:7: error: " FLOW, NULL},
    {"a comma inside { }", "a: { file: b,c, d: e }\n",
     "f:1:14: error: 'c' has no value; a text with a comma must be quoted inside { } [GP0119]\n",
     "{a<a>: !{file<file>: b<b>, d<d>: e<e>}{}}a}"},
    {"a colon without a space inside { }", "a: {b:c, d: e}\n",
     "f:1:5: error: 'b:c' has no value; behind the ':' of a key stands a space [GP0119]\n",
     "{a<a>: !{d<d>: e<e>}{}}a}"},
    {"a comma and a colon inside { }", "a: {b: x,y:z}\n",
     "f:1:10: error: 'y:z' has no value; a text with a comma must be quoted inside { } [GP0119]\n", NULL},
    {"a text that begins with @", "a: @b\n",
     "f:1:4: error: a text that begins with this character must be quoted [GP0119]\n",
     NULL},
    {"a text that begins with %", "a: %b\n",
     "f:1:4: error: a text that begins with this character must be quoted [GP0119]\n",
     NULL},
    {"a text that begins with `", "a: `b`\n",
     "f:1:4: error: a text that begins with this character must be quoted [GP0119]\n",
     NULL},
    {"a text that begins with >", "a: >= 0.1\n",
     "f:1:4: error: a text that begins with | or > must be quoted [GP0119]\n",
     NULL},
    {"NUL by an escape", "a: \"b\\0c\"\nd: e\n",
     "f:1:4: error: a text cannot hold the character NUL; write bytes as hex:\xe2\x80\xa6 [GP0120]\n",
     "{a<a>: !\"<\"b\\0c\">, d<d>: e<e>}ae"},
    {"a tab as indentation", "a:\n\tb: c\n", "f:2:1: error: a tab cannot indent; use spaces [GP0101]\n", NULL},
    {"a tab behind spaces", "a:\n  b: c\n  \td: e\n", "f:3:3: error: a tab cannot indent; use spaces [GP0101]\n", NULL},
    {"a tab before a key", "a:\n  b: c\n\td: e\n", "f:3:1: error: a tab cannot indent; use spaces [GP0101]\n", NULL},
    {"a quote that stays open", "a: \"b\nc: d\n", "f:1:4: error: the quote that opens here is never closed [GP0101]\n",
     NULL},
    {"text behind a quote", "a: \"b\" c\n", "f:1:8: error: text behind a closing quote [GP0101]\n", NULL},
    {"an unknown escape", "a: \"\\d+\"\n", "f:1:5: error: this is no escape that YAML knows [GP0101]\n", NULL},
    {"half an escape", "a: \"\\xg0\"\n", "f:1:7: error: this is no escape that YAML knows [GP0101]\n", NULL},
    {"no space behind ':'", "a: b\nc:d\ne: f\n", "f:2:1: error: " NO_KEY, NULL},
    {"no ':'", "a: b\nc\ne: f\n", "f:2:1: error: " NO_KEY, NULL},
    {"': ' in a text", "a: b: c\n", "f:1:5: error: a second ':' on this line [GP0101]\n", NULL},
    {"deeper than a scalar", "a: b\n  c: d\n", "f:2:4: error: no ':' is expected here [GP0101]\n", NULL},
    {"between two levels", "a:\n    b: c\n  d: e\n", "f:3:3: error: " UP, NULL},
    {"a list item among keys", "a: b\n- c\n", "f:2:1: error: " UP, NULL},
    {"a list behind a key", "a: - b\n", "f:1:4: error: no list can begin here [GP0101]\n", NULL},
    {"{ that stays open", "a: { b: c\nd: e\n", "f:2:2: error: a ',' or '}' is expected here [GP0101]\n", NULL},
    {"[ that stays open", "a: [ b\n", "f:2:1: error: a ',' or ']' is expected here [GP0101]\n", NULL},
    {"a bracket too many", "a: [ b ] ]\n", "f:1:10: error: this bracket closes nothing [GP0101]\n", NULL},
    {"no value in flow", "a: [ b, , c ]\n", "f:1:9: error: a value is missing here [GP0101]\n", NULL},
    {"something behind the document", "{ a: b }\nc: d\n",
     "f:2:1: error: text behind the end of the document [GP0101]\n", "!{a<a>: b<b>}{}"},
    {"what no hint fits", "a: ?\n",
     "f:1:4: error: not YAML: mapping keys are not allowed in this context [GP0101]\n", NULL},
    {"a syntax error keeps the definitions before it", "a:\n  b: { c: d }\n  e: { f: g, h: [i, { j: \"k\nl: m\n",
     "f:3:26: error: the quote that opens here is never closed [GP0101]\n", "!{a<a>: !{b<b>: {c<c>: d<d>}{}}be}ae"},
};

static void test_errors(void)
{
    for (size_t i = 0; i < GP_COUNT(errors); i++) {
        struct reading reading = read_text(errors[i].text);
        struct gp_strbuf out = {0};
        is_str(sink_text(&reading.sink), errors[i].said, "%s", errors[i].name);
        is_int(reading.r, -EINVAL, "%s: refused", errors[i].name);
        if (reading.root && errors[i].tree)
            show(&out, errors[i].text, reading.root);
        if (errors[i].tree)
            is_str(gp_strbuf_text(&out), errors[i].tree, "%s: what is read", errors[i].name);
        gp_strbuf_done(&out);
        reading_free(&reading);
    }
}

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *text;
    size_t len;
    const char *said;
} byte_errors[] = {
#define BYTES(text) (text), sizeof(text) - 1
    {"not UTF-8", BYTES("a: b\nc: \xe4x\n"), "f:2:4: error: the byte 0xe4 is not UTF-8 [GP0105]\n"},
    {"a character cut short at the end", BYTES("a: \xe2\x82"), "f:1:4: error: the byte 0xe2 is not UTF-8 [GP0105]\n"},
    {"a surrogate", BYTES("a: \xed\xa0\x80\n"), "f:1:4: error: the byte 0xed is not UTF-8 [GP0105]\n"},
    {"UTF-16 with a mark", BYTES("\xff\xfe" "a\0:\0"), "f:1:1: error: the file is UTF-16; save it as UTF-8 [GP0105]\n"},
    {"UTF-16, the other order", BYTES("\xfe\xff\0a\0:"),
     "f:1:1: error: the file is UTF-16; save it as UTF-8 [GP0105]\n"},
    {"UTF-16 without a mark", BYTES("a\0:\0 \0b\0"), "f:1:1: error: the file is UTF-16; save it as UTF-8 [GP0105]\n"},
    {"NUL", BYTES("a: b\0c\n"), "f:1:5: error: the control character U+0000 may not stand in a rule file [GP0106]\n"},
    {"a control character in a comment", BYTES("a: b # \x1b[2J\n"),
     "f:1:8: error: the control character U+001B may not stand in a rule file [GP0106]\n"},
    {"DEL", BYTES("a: \x7f\n"), "f:1:4: error: the control character U+007F may not stand in a rule file [GP0106]\n"},
    {"C1", BYTES("a: \xc2\x9b\n"),
     "f:1:4: error: the control character U+009B may not stand in a rule file [GP0106]\n"},
    {"a byte order mark within", BYTES("a: \xef\xbb\xbf\n"),
     "f:1:4: error: the control character U+FEFF may not stand in a rule file [GP0106]\n"},
    {"U+2028 in a comment", BYTES("# x\xe2\x80\xa8" "a: b\n"),
     "f:1:4: error: the character U+2028 (line separator) breaks the line where editors do not show it [GP0107]\n"},
    {"U+2029", BYTES("# \xe2\x80\xa9\n"),
     "f:1:3: error: the character U+2029 (paragraph separator) breaks the line where editors do not show it "
     "[GP0107]\n"},
    {"U+0085", BYTES("# \xc2\x85\n"),
     "f:1:3: error: the character U+0085 (next line) breaks the line where editors do not show it [GP0107]\n"},
    {"a lone CR", BYTES("# x\ra: b\n"),
     "f:1:4: error: a carriage return without a line feed breaks the line where editors do not show it [GP0107]\n"},
    {"one of each, and what libyaml says of the rest", BYTES("a: \xff\nb: \x01\n# \xe2\x80\xa8\nc: *d\nc: e\n"),
     "f:1:4: error: the byte 0xff is not UTF-8 [GP0105]\n"
     "f:2:4: error: the control character U+0001 may not stand in a rule file [GP0106]\n"
     "f:3:3: error: the character U+2028 (line separator) breaks the line where editors do not show it [GP0107]\n"
     "f:4:4: error: " ALIAS "f:5:1: error: the key 'c' stands twice in this mapping [GP0118]\n"},
#undef BYTES
};

static void test_bytes(void)
{
    for (size_t i = 0; i < GP_COUNT(byte_errors); i++) {
        struct reading reading = read_with(byte_errors[i].text, byte_errors[i].len, GP_LIMIT_NODES, 0);
        is_str(sink_text(&reading.sink), byte_errors[i].said, "%s", byte_errors[i].name);
        is_int(reading.r, -EINVAL, "%s: refused", byte_errors[i].name);
        reading_free(&reading);
    }
    struct reading reading = read_text("a: \xe4\nb: \xf6\nc: \xfc\n");
    is_str(sink_whole(&reading.sink, 0),
           "f:1:4: error: the byte 0xe4 is not UTF-8 [GP0105]\n"
           "  1 | a: \\xe4\n"
           "    |    ^~~~\n"
           "  note: the file has 3 such bytes\n",
           "bytes that are not UTF-8 are said once and counted");
    reading_free(&reading);
    /* What a terminal would act on is escaped, but it may stand in a text. */
    reading = read_text("a: \"\\x1b[2J\"\n");
    ok(reading.r == 0 && gp_str_is(gp_node_get(reading.root, "a")->text, "\x1b[2J"), "control characters by escapes");
    reading_free(&reading);
}

/* ---- whole diagnostics ------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *text, *whole;
} wholes[] = {
    {"both places of a double key", "a: b\n\"a\": c\n",
     "f:2:1: error: the key 'a' stands twice in this mapping [GP0118]\n"
     "  2 | \"a\": c\n"
     "    | ^~~\n"
     "  note: f:1:1: it stands here first\n"
     "  1 | a: b\n"
     "    | ^\n"},
    {"a glob that wants quotes, and how", "a: { b: *.{MDM,SCR}, c: d }\n",
     "f:1:9: error: aliases are not part of the language; a glob that begins with * must be quoted [GP0111]\n"
     "  1 | a: { b: *.{MDM,SCR}, c: d }\n"
     "    |         ^~~~~~~~~~~\n"
     "  help: did you mean '\"*.{MDM,SCR}\"'?\n"},
    {"what began where", "a: { b: c\n",
     "f:2:1: error: a ',' or '}' is expected here [GP0101]\n"
     "  2 |\n"
     "    | ^\n"
     "  note: f:1:4: while parsing a flow mapping that began here\n"
     "  1 | a: { b: c\n"
     "    |    ^\n"},
    {"a hint", "a: b: c\n",
     "f:1:5: error: a second ':' on this line [GP0101]\n"
     "  1 | a: b: c\n"
     "    |     ^\n"
     "  note: a text that holds ': ' must be quoted\n"},
    {"behind characters of several bytes", "\xc3\xa9\xc3\xa9: [\xe2\x82\xac, *x]\n",
     "f:1:9: error: aliases are not part of the language; a glob that begins with * must be quoted [GP0111]\n"
     "  1 | \xc3\xa9\xc3\xa9: [\xe2\x82\xac, *x]\n"
     "    |         ^~\n"
     "  help: did you mean '\"*x\"'?\n"},
};

static void test_wholes(void)
{
    for (size_t i = 0; i < GP_COUNT(wholes); i++) {
        struct reading reading = read_text(wholes[i].text);
        is_str(sink_whole(&reading.sink, 0), wholes[i].whole, "%s", wholes[i].name);
        reading_free(&reading);
    }
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static char *repeat(const char *before, char c, size_t times, const char *after)
{
    size_t head = strlen(before), tail = strlen(after);
    char *text = malloc(head + times + tail + 1);

    if (!text)
        bail("out of memory");
    memcpy(text, before, head);
    memset(text + head, c, times);
    memcpy(text + head + times, after, tail + 1);
    return text;
}

static void expect(const char *name, const char *text, size_t budget, const char *said)
{
    struct reading reading = read_with(text, strlen(text), budget, 0);

    is_str(sink_text(&reading.sink), said, "%s", name);
    is_int(reading.r, *said ? -EINVAL : 0, "%s: result", name);
    reading_free(&reading);
}

static void test_depth(void)
{
    char at_limit[2 * GP_LIMIT_YAML_DEPTH + 1], past[2 * GP_LIMIT_YAML_DEPTH + 3];

    memset(at_limit, '[', GP_LIMIT_YAML_DEPTH);
    memset(at_limit + GP_LIMIT_YAML_DEPTH, ']', GP_LIMIT_YAML_DEPTH);
    at_limit[2 * GP_LIMIT_YAML_DEPTH] = '\0';
    memset(past, '[', GP_LIMIT_YAML_DEPTH + 1);
    memset(past + GP_LIMIT_YAML_DEPTH + 1, ']', GP_LIMIT_YAML_DEPTH + 1);
    past[2 * GP_LIMIT_YAML_DEPTH + 2] = '\0';
    expect("64 deep", at_limit, GP_LIMIT_NODES, "");
    expect("65 deep", past, GP_LIMIT_NODES,
           "f:1:65: error: nested more than 64 deep; the rest of the file is not read [GP0502]\n");
    char *deep = repeat("", '[', 200000, "");
    expect("200,000 [ are given up at once", deep, GP_LIMIT_NODES,
           "f:1:65: error: nested more than 64 deep; the rest of the file is not read [GP0502]\n");
    free(deep);
}

static void test_lengths(void)
{
    char *text = repeat("a: ", 'x', GP_LIMIT_SCALAR_BYTES, "\n");
    expect("a value of 64 KiB", text, GP_LIMIT_NODES, "");
    free(text);
    text = repeat("a: ", 'x', GP_LIMIT_SCALAR_BYTES + 1, "\nb: *c\n");
    expect("a value of one byte more", text, GP_LIMIT_NODES,
           "f:1:4: error: a text of 65537 bytes; at most 65536 are allowed [GP0504]\nf:2:4: error: " ALIAS);
    free(text);
    /* YAML wants the ':' of a plain or quoted key within 1024 characters; an explicit key may be longer. */
    text = repeat("? ", 'x', GP_LIMIT_SCALAR_BYTES, "\n: a\n");
    expect("a key of 64 KiB", text, GP_LIMIT_NODES, "");
    free(text);
    text = repeat("? ", 'x', GP_LIMIT_SCALAR_BYTES + 1, "\n: a\n");
    expect("a key of one byte more", text, GP_LIMIT_NODES,
           "f:1:3: error: a text of 65537 bytes; at most 65536 are allowed [GP0504]\n");
    free(text);
}

static void test_budget(void)
{
    /* A mapping, two keys, a list, two items, a scalar. */
    expect("as many values as there may be", "a: [b, c]\nd: e\n", 7, "");
    expect("one value more", "a: [b, c]\nd: e\n", 6,
           "f:2:4: error: a rule set may hold 16777216 values; the rest is not read [GP0503]\n");
    struct reading reading = read_with("a: [b, c]\nd: e\n", 15, 100, 0);
    is_int((intmax_t)reading.budget, 93, "the budget counts down");
    reading_free(&reading);
}

static void test_many_keys(void)
{
    struct gp_strbuf text = {0};

    for (int i = 0; i < 100000; i++)
        gp_strbuf_printf(&text, "k%d: v\n", i);
    gp_strbuf_add(&text, "k77777: w\n");
    expect("one of 100,000 keys twice", gp_strbuf_text(&text), GP_LIMIT_NODES,
           "f:100001:1: error: the key 'k77777' stands twice in this mapping [GP0118]\n");
    gp_strbuf_done(&text);
}

/* ---- looking at nodes -------------------------------------------------------------------------------------------- */

static void test_describe(void)
{
    struct reading reading = read_text("a: x\nb: 'x'\nc: [x]\nd: {x: y}\ne:\nf: ~\ng: null\nh: 'null'\ni: |\n  x\n"
                                       "j: aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd\xc3\xa9\n");
    static const struct {
        const char *key, *description;
        bool null;
    } want[] = {
        {"a", "the text 'x'", false}, {"b", "a quoted text", false},   {"c", "a list", false},
        {"d", "a mapping", false},    {"e", "an empty value", true},   {"f", "an empty value", true},
        {"g", "an empty value", true}, {"h", "a quoted text", false},  {"i", "a quoted text", false},
        {"j", "the text 'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd\xe2\x80\xa6'", false},
    };

    for (size_t i = 0; i < GP_COUNT(want); i++) {
        const struct gp_node *node = gp_node_get(reading.root, want[i].key);
        is_str(gp_node_describe(node, reading.arena), want[i].description, "description of %s", want[i].key);
        is_int(gp_node_is_null(node), want[i].null, "%s is %s", want[i].key, want[i].null ? "null" : "a value");
    }
    ok(!gp_node_get(reading.root, "k"), "a key that is not there");
    ok(!gp_node_get(gp_node_get(reading.root, "a"), "k") && !gp_node_get(NULL, "k"), "no key of what is no mapping");
    ok(gp_node_pair(reading.root, GP_STR("c"))->key_at.offset == 12, "a pair has its key's place");
    reading_free(&reading);
}

/* Memory that ends at any point is -ENOMEM, never a tree with a hole. */
static void test_no_memory(void)
{
    static const char text[] = "a: [b, {c: d}]\ne: &x f\ng: |\n  h\n13: {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, "
                               "8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1}\n";
    size_t limit = 1;
    int r = -ENOMEM;

    for (; r == -ENOMEM && limit < 100000; limit += 7) {
        struct reading reading = read_with(text, sizeof(text) - 1, GP_LIMIT_NODES, limit);
        r = reading.r;
        if (r == -ENOMEM && reading.root)
            r = 0;
        reading_free(&reading);
    }
    is_int(r, -EINVAL, "with less memory than it takes: -ENOMEM, then the anchor's error");
    ok(limit > 500, "memory ended at many points");
}

int main(void)
{
    test_trees();
    test_errors();
    test_bytes();
    test_wholes();
    test_depth();
    test_lengths();
    test_budget();
    test_many_keys();
    test_describe();
    test_no_memory();
    return done_testing();
}
