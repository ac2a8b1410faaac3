/*
 * What libyaml gave up on, said so that the writer of the file sees what to do.
 */
#include <string.h>

#include "load/node-read.h"

/* Where libyaml was. */
struct failure {
    const char *problem, *context; /* never NULL */
    size_t at, began;              /* offsets of the problem and of what was being read (the same if unknown) */
};

/* The first row that fits speaks.  Each of the first four members may be absent and then fits all. */
struct hint {
    const char *problem, *context; /* parts of libyaml's texts */
    const char *starts;            /* the character at the problem is one of these */
    bool (*fits)(const struct gp_reader *reader, const struct failure *failure);
    enum gp_diag_id id;
    bool at_begin; /* the caret stands where the thing that was being read began */
    bool word;     /* and underlines the word there */
    const char *message;
    const char *note;
};

static char char_at(const struct gp_reader *reader, size_t at)
{
    return at < reader->length ? reader->text[at] : '\n';
}

static size_t line_start(const struct gp_reader *reader, size_t at)
{
    while (at > reader->start && reader->text[at - 1] != '\n')
        at--;
    return at;
}

/* A ": " stands before the problem on its line. */
static bool after_colon(const struct gp_reader *reader, const struct failure *failure)
{
    for (size_t at = line_start(reader, failure->at); at + 1 < failure->at; at++)
        if (reader->text[at] == ':' && reader->text[at + 1] == ' ')
            return true;
    return false;
}

/* On the line where the key began a ':' has no space behind it. */
static bool colon_without_space(const struct gp_reader *reader, const struct failure *failure)
{
    for (size_t at = failure->began; char_at(reader, at) != '\n'; at++) {
        char next = char_at(reader, at + 1);
        if (reader->text[at] == ':' && next != ' ' && next != '\n' && next != '\r')
            return true;
    }
    return false;
}

/* What stands before the problem on its line ends with a quote. */
static bool behind_quote(const struct gp_reader *reader, const struct failure *failure)
{
    size_t start = line_start(reader, failure->at), at = failure->at;

    while (at > start && (reader->text[at - 1] == ' ' || reader->text[at - 1] == '\t'))
        at--;
    return at > start && (reader->text[at - 1] == '"' || reader->text[at - 1] == '\'');
}

/* Only white space stands before the problem on its line. */
static bool first_of_line(const struct gp_reader *reader, const struct failure *failure)
{
    for (size_t at = line_start(reader, failure->at); at < failure->at; at++)
        if (reader->text[at] != ' ' && reader->text[at] != '\t')
            return false;
    return true;
}

#define TAG_MESSAGE "tags are not part of the language; quote a text that begins with !"
#define TAB_MESSAGE "a tab cannot indent; use spaces"
#define FLOW_MESSAGE "a text with { } [ ] or a comma must be quoted inside { } and [ ]"
#define ESCAPE_NOTE "in double quotes a backslash begins an escape: double it, or use single quotes"

static const struct hint hints[] = {
    {NULL, "while scanning an anchor", NULL, NULL, GP_DIAG_ANCHOR, true, true,
     "anchors are not part of the language; quote a text that begins with &", NULL},
    {NULL, "scanning a tag", NULL, NULL, GP_DIAG_TAG, true, true, TAG_MESSAGE, NULL},
    {NULL, "parsing a tag", NULL, NULL, GP_DIAG_TAG, true, true, TAG_MESSAGE, NULL},
    {"found undefined tag handle", NULL, NULL, NULL, GP_DIAG_TAG, true, true, TAG_MESSAGE, NULL},
    {NULL, "directive", NULL, NULL, GP_DIAG_DIRECTIVE, true, true,
     "directives are not part of the language; remove this line", NULL},
    {"directive", NULL, NULL, NULL, GP_DIAG_DIRECTIVE, false, true,
     "directives are not part of the language; remove this line", NULL},
    {"incompatible YAML document", NULL, NULL, NULL, GP_DIAG_DIRECTIVE, false, true,
     "directives are not part of the language; remove this line", NULL},
    {"cannot start any token", NULL, "\t", NULL, GP_DIAG_YAML_SYNTAX, false, false, TAB_MESSAGE, NULL},
    {"found a tab character", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false, TAB_MESSAGE, NULL},
    {"cannot start any token", NULL, "@`%|>", NULL, GP_DIAG_UNQUOTED, false, true,
     "a text that begins with this character must be quoted", NULL},
    {"did not find expected comment or line break", "block scalar", NULL, NULL, GP_DIAG_UNQUOTED, true, true,
     "a text that begins with | or > must be quoted", NULL},
    {NULL, "while scanning a quoted scalar", NULL, NULL, GP_DIAG_YAML_SYNTAX, true, false,
     "the quote that opens here is never closed", NULL},
    {NULL, "while parsing a quoted scalar", NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "this is no escape that YAML knows", ESCAPE_NOTE},
    {"mapping values are not allowed", NULL, NULL, after_colon, GP_DIAG_YAML_SYNTAX, false, false,
     "a second ':' on this line", "a text that holds ': ' must be quoted"},
    {"mapping values are not allowed", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "no ':' is expected here", "the line above may be indented otherwise, or lack its ':'"},
    {"could not find expected ':'", NULL, NULL, colon_without_space, GP_DIAG_YAML_SYNTAX, true, false,
     "a key without ': ' behind it", "a space must follow the ':'"},
    {"could not find expected ':'", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, true, false,
     "a key without ': ' behind it", NULL},
    {"did not find expected ','", NULL, "{[", NULL, GP_DIAG_UNQUOTED, false, false, FLOW_MESSAGE, NULL},
    {"did not find expected ',' or '}'", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "a ',' or '}' is expected here", NULL},
    {"did not find expected ',' or ']'", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "a ',' or ']' is expected here", NULL},
    {"did not find expected", "parsing a block", NULL, behind_quote, GP_DIAG_YAML_SYNTAX, false, false,
     "text behind a closing quote", "quote the whole value"},
    {"did not find expected", "parsing a block", NULL, first_of_line, GP_DIAG_YAML_SYNTAX, false, false,
     "this line does not line up with those that it belongs to", NULL},
    {"did not find expected", "parsing a block", "]}", NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "this bracket closes nothing", NULL},
    {"block sequence entries are not allowed", NULL, NULL, after_colon, GP_DIAG_YAML_SYNTAX, false, false,
     "no list can begin here", "put the '-' on a line of its own, or use [ ]"},
    {"did not find expected node content", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "a value is missing here", NULL},
    {"did not find expected <document start>", NULL, NULL, NULL, GP_DIAG_YAML_SYNTAX, false, false,
     "text behind the end of the document", NULL},
};

static bool fits(const struct hint *hint, const struct gp_reader *reader, const struct failure *failure)
{
    if (hint->problem && !strstr(failure->problem, hint->problem))
        return false;
    if (hint->context && !strstr(failure->context, hint->context))
        return false;
    if (hint->starts && (failure->at >= reader->length || !strchr(hint->starts, reader->text[failure->at])))
        return false;
    return !hint->fits || hint->fits(reader, failure);
}

static const struct hint *find_hint(const struct gp_reader *reader, const struct failure *failure)
{
    for (size_t i = 0; i < GP_COUNT(hints); i++)
        if (fits(&hints[i], reader, failure))
            return &hints[i];
    return NULL;
}

/* The character at an offset; nothing at the end of a line. */
static struct gp_span one_character(const struct gp_reader *reader, size_t at)
{
    size_t to = at;

    if (at < reader->length && reader->text[at] != '\n' && reader->text[at] != '\r')
        do {
            to++;
        } while (to < reader->length && ((unsigned char)reader->text[to] & 0xc0) == 0x80);
    return gp_reader_span(reader, at, to);
}

void gp_reader_alias_error(struct gp_reader *reader, size_t from, size_t to)
{
    char quoted[128];
    size_t len = to - from;
    struct gp_diag *diag =
        gp_diag_add(reader->diags, GP_DIAG_ALIAS, gp_reader_span(reader, from, to),
                    "aliases are not part of the language; a glob that begins with * must be quoted");

    if (len + 3 > sizeof(quoted) || memchr(reader->text + from, '"', len) || memchr(reader->text + from, '\\', len))
        return;
    quoted[0] = quoted[len + 1] = '"';
    memcpy(quoted + 1, reader->text + from, len);
    quoted[len + 2] = '\0';
    gp_diag_suggest(reader->diags, diag, quoted);
}

static void report_hint(struct gp_reader *reader, const struct failure *failure, const struct hint *hint)
{
    size_t at = hint->at_begin ? failure->began : failure->at;
    struct gp_span span = one_character(reader, at);

    if (hint->word) {
        size_t to = gp_reader_word_end(reader, at);
        span = gp_reader_span(reader, at, to > at ? to : at + span.length);
    }
    struct gp_diag *diag = gp_diag_add(reader->diags, hint->id, span, "%s", hint->message);
    if (hint->note)
        gp_diag_note(reader->diags, diag, (struct gp_span){0}, "%s", hint->note);
    if (!hint->at_begin && failure->began != failure->at)
        gp_diag_note(reader->diags, diag, one_character(reader, failure->began), "%s that began here",
                     failure->context);
}

void gp_reader_syntax_error(struct gp_reader *reader, const yaml_parser_t *parser)
{
    struct failure failure = {.problem = parser->problem ? parser->problem : "it cannot be read",
                              .context = parser->context ? parser->context : ""};

    failure.at = failure.began = gp_reader_offset(reader, &parser->problem_mark);
    if (parser->context)
        failure.began = gp_reader_offset(reader, &parser->context_mark);
    if (strcmp(failure.context, "while scanning an alias") == 0) {
        gp_reader_alias_error(reader, failure.began, gp_reader_word_end(reader, failure.began));
        return;
    }
    const struct hint *hint = find_hint(reader, &failure);
    if (hint) {
        report_hint(reader, &failure, hint);
        return;
    }
    struct gp_diag *diag = gp_diag_add(reader->diags, GP_DIAG_YAML_SYNTAX, one_character(reader, failure.at),
                                       "not YAML: %s", failure.problem);
    if (parser->context)
        gp_diag_note(reader->diags, diag, one_character(reader, failure.began), "%s that began here", failure.context);
}
