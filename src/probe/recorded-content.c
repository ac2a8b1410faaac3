/*
 * What a record has of the content of files, and of the ledger.
 */
#include <errno.h>
#include <string.h>

#include "probe/record-words.h"
#include "probe/record.h"
#include "probe/recorded.h"
#include "util/text.h"

/* ---- windows ----------------------------------------------------------------------------------------------------- */

struct window {
    int64_t at, length;
    const char *hex;
    int unknown;
};

static const struct gp_json_key window_keys[] = {
    {"at", GP_JSON_INTEGER, .offset = offsetof(struct window, at), .required = true, .most = INT64_MAX},
    {"length", GP_JSON_INTEGER, .offset = offsetof(struct window, length), .most = INT64_MAX},
    {"hex", GP_JSON_TEXT, .offset = offsetof(struct window, hex)},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct window, unknown), .words = gp_recorded_reasons},
    {0},
};

static int take_window(struct gp_recorded *it, struct gp_entry *file, const json_t *value)
{
    struct gp_extra *extra = gp_entry_extra(it->probe, file);
    struct gp_range *range = GP_NEW(it->probe->arena, struct gp_range);
    struct window window = {.length = -1};
    struct gp_str bytes = {0};
    int r = gp_json_bind(it->in, value, it->where, window_keys, &window);

    if (r < 0)
        return r;
    if (!window.hex == !window.unknown || !window.hex != (window.length >= 0))
        return gp_json_wrong(it->in, "%s: a window has either 'hex', or 'length' and 'unknown'", it->where);
    if (window.hex)
        r = gp_json_unhex(it->probe->arena, (struct gp_str){window.hex, strlen(window.hex)}, &bytes);
    if (r == -EINVAL)
        return gp_json_wrong(it->in, "%s: 'hex' has to be hexadecimal digits", it->where);
    if (r < 0 || !extra || !range)
        return -ENOMEM;
    *range = (struct gp_range){.next = extra->ranges, .offset = (uint64_t)window.at};
    range->length = window.hex ? bytes.len : (size_t)window.length;
    range->reason = (enum gp_reason)window.unknown;
    range->data = bytes.data;
    if (range->offset > file->facts.size || range->length > file->facts.size - range->offset)
        return gp_json_wrong(it->in, "%s: a window lies outside of the file", it->where);
    extra->ranges = range;
    return 0;
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

struct finding {
    struct gp_str of, text;
    int answer, unknown;
    int64_t number;
    bool flag;
};

static const struct gp_json_key finding_keys[] = {
    {"of", GP_JSON_BYTES, .offset = offsetof(struct finding, of), .required = true},
    {"answer", GP_JSON_WORD, .offset = offsetof(struct finding, answer), .required = true,
     .words = gp_recorded_answers},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct finding, unknown), .words = gp_recorded_reasons},
    {"number", GP_JSON_INTEGER, .offset = offsetof(struct finding, number), .most = INT64_MAX},
    {"flag", GP_JSON_BOOLEAN, .offset = offsetof(struct finding, flag)},
    {"text", GP_JSON_BYTES, .offset = offsetof(struct finding, text)},
    {0},
};

static int take_finding(struct gp_recorded *it, struct gp_entry *file, const json_t *value)
{
    struct finding read = {.number = 0};
    int r = gp_json_bind(it->in, value, it->where, finding_keys, &read);

    if (r < 0)
        return r;
    if ((read.answer == GP_TRI_UNKNOWN) != (read.unknown != GP_REASON_NONE))
        return gp_json_wrong(it->in, "%s: 'unknown' is the reason of an answer that is unknown", it->where);
    const struct gp_finding finding = {
        .answer = (enum gp_tri)read.answer,
        .reason = (enum gp_reason)read.unknown,
        .number = (uint64_t)read.number,
        .flag = read.flag,
        .text = read.text,
    };
    return gp_probe_keep_finding(it->probe, file, read.of, &finding);
}

int gp_recorded_content(struct gp_recorded *it, struct gp_entry *file, const json_t *windows, const json_t *findings)
{
    bool is_file = file->facts.present == GP_TRI_YES && file->facts.type == GP_FILETYPE_FILE;
    json_t *value;
    size_t i;
    int r = 0;

    if ((windows || findings) && !is_file)
        return gp_json_wrong(it->in, "%s: only a file has 'windows' and 'findings'", it->where);
    json_array_foreach((json_t *)windows, i, value) {
        r = take_window(it, file, value);
        if (r < 0)
            return r;
    }
    json_array_foreach((json_t *)findings, i, value) {
        r = take_finding(it, file, value);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ---- the ledger -------------------------------------------------------------------------------------------------- */

struct question {
    const char *attestation, *sets, *line, *what;
    int64_t doubt; /* number of a line; 0: none */
    bool move;
    int unknown;
};

static const struct gp_json_key question_keys[] = {
    {"attestation", GP_JSON_TEXT, .offset = offsetof(struct question, attestation)},
    {"move", GP_JSON_BOOLEAN, .offset = offsetof(struct question, move)},
    {"sets", GP_JSON_TEXT, .offset = offsetof(struct question, sets), .required = true},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct question, unknown), .words = gp_recorded_reasons},
    {"line", GP_JSON_TEXT, .offset = offsetof(struct question, line)},
    {"doubt", GP_JSON_INTEGER, .offset = offsetof(struct question, doubt), .least = 1, .most = INT32_MAX},
    {"what", GP_JSON_TEXT, .offset = offsetof(struct question, what)},
    {0},
};

/* The entry that a line is, if it answers the question. */
static int take_line(struct gp_recorded *it, const struct question *question, const struct gp_ledger_entry **ret_entry)
{
    struct gp_ledger ledger = {0};
    int r = gp_ledger_parse(it->probe->arena, (struct gp_str){question->line, strlen(question->line)}, &ledger);

    if (r < 0)
        return r;
    const struct gp_ledger_entry *entry = ledger.count == 1 && !ledger.bad_lines ? ledger.entries : NULL;
    bool fits = entry && (question->move ? gp_ledger_last_move(&ledger, NULL) == entry
                                         : entry->kind == GP_LEDGER_ATTESTATION &&
                                               strcmp(entry->name, question->attestation) == 0);
    if (!fits)
        return gp_json_wrong(it->in, "%s: 'line' is no line of a ledger that answers this", it->where);
    *ret_entry = entry;
    return 0;
}

/* A line that could not be read and stood after the answer. */
static int take_doubt(struct gp_recorded *it, const struct question *question, struct gp_asked *asked)
{
    struct gp_ledger_fault *fault = GP_NEW(it->probe->arena, struct gp_ledger_fault);

    if (!fault || !(fault->what = gp_arena_strdup(it->probe->arena, question->what)))
        return -ENOMEM;
    fault->number = (size_t)question->doubt;
    asked->doubt = fault;
    return 0;
}

static int take_question(struct gp_recorded *it, const json_t *value)
{
    struct gp_asked *asked = GP_NEW(it->probe->arena, struct gp_asked);
    struct question question = {0};
    int r = gp_json_bind(it->in, value, it->where, question_keys, &question);

    if (r < 0 || !asked)
        return r < 0 ? r : -ENOMEM;
    if (question.move == (question.attestation != NULL) || (question.line && question.unknown) ||
        (question.doubt != 0) != (question.what != NULL) || (question.doubt && !question.move))
        return gp_json_wrong(it->in, "%s: a question is of one 'attestation' or the 'move', its answer one 'line', "
                                     "none, or 'unknown'", it->where);
    if (question.line)
        r = take_line(it, &question, &asked->entry);
    if (r == 0 && question.doubt)
        r = take_doubt(it, &question, asked);
    if (!(asked->sets = gp_arena_strdup(it->probe->arena, question.sets)))
        return -ENOMEM;
    if (question.attestation && !(asked->attestation = gp_arena_strdup(it->probe->arena, question.attestation)))
        return -ENOMEM;
    asked->reason = (enum gp_reason)question.unknown;
    asked->next = it->probe->asked;
    it->probe->asked = asked;
    return r;
}

int gp_recorded_ledger(struct gp_recorded *it, const json_t *questions)
{
    json_t *value;
    size_t i;

    json_array_foreach((json_t *)questions, i, value) {
        snprintf(it->where, sizeof(it->where), "ledger[%zu]", i);
        int r = take_question(it, value);
        if (r < 0)
            return r;
    }
    return 0;
}
