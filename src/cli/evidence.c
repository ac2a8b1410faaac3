/* --evidence: a record in place of a directory. */
#include "cli/evidence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/record.h"
#include "util/clock.h"
#include "util/text.h"

#define PIECE ((size_t)64 << 10)

/* ---- the file ---------------------------------------------------------------------------------------------------- */

/* All of it, and no more than one byte too many.  0 or a negative errno. */
static int read_all(int fd, struct gp_strbuf *text)
{
    char *piece = malloc(PIECE);
    ssize_t n = piece ? 1 : 0;

    while (n != 0 && text->len <= GP_RECORD_BYTES) {
        n = read(fd, piece, PIECE);
        if (n < 0 && errno != EINTR)
            break;
        gp_strbuf_add_mem(text, piece, n > 0 ? (size_t)n : 0);
    }
    int r = n < 0 ? -errno : !piece || !gp_strbuf_ok(text) ? -ENOMEM : 0;
    free(piece);
    return r;
}

static int read_file(const char *name, struct gp_strbuf *text)
{
    if (strcmp(name, "-") == 0)
        return read_all(STDIN_FILENO, text);
    int fd = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int r = read_all(fd, text);
    close(fd);
    return r;
}

static int unusable(struct gp_session *session, const char *why)
{
    const char *text = gp_arena_printf(session->cli->arena, "the record cannot be used: %s", why);

    session->troubled = true;
    session->trouble = (struct gp_trouble){GP_EXIT_DIRECTORY, "evidence-unusable", text};
    return text ? 0 : -ENOMEM;
}

/* ---- what was given ---------------------------------------------------------------------------------------------- */

/* Another rule set need not know all names that were given when the record was made. */
static bool is_setting(const struct gp_ruleset *rules, struct gp_str name)
{
    if (gp_map_find(&rules->defs.vars, name))
        return true;
    for (size_t i = 0; i < rules->defs.operations.count; i++) {
        const struct gp_operation *operation = rules->defs.operations.data[i].value;
        if (gp_map_find(&operation->params, name))
            return true;
    }
    return false;
}

/* What the record has comes first, as the last value of a name counts. */
static int merge_given(struct gp_session *session, const struct gp_record *record)
{
    const struct gp_options *options = &session->cli->options;
    const struct gp_ruleset *rules = session->subject.rules;
    size_t most = record->given_count + options->given_count;
    struct gp_given *given = GP_NEW_ARRAY(session->cli->arena, struct gp_given, most + 1);

    if (!given)
        return -ENOMEM;
    for (size_t i = 0; i < record->given_count; i++)
        if (is_setting(rules, record->given[i].name))
            given[session->recorded_given++] = record->given[i];
    if (options->given_count)
        memcpy(given + session->recorded_given, options->given, options->given_count * sizeof(*given));
    session->given = given;
    session->given_count = session->recorded_given + options->given_count;
    return 0;
}

static int merge_assumed(struct gp_session *session, const struct gp_record *record)
{
    const struct gp_options *options = &session->cli->options;
    size_t most = record->assumed_count + options->assumed_count, count = 0;
    struct gp_assumed *assumed = GP_NEW_ARRAY(session->cli->arena, struct gp_assumed, most + 1);

    if (!assumed)
        return -ENOMEM;
    for (size_t i = 0; i < record->assumed_count; i++)
        if (gp_map_find(&session->subject.rules->defs.attestations, record->assumed[i].id))
            assumed[count++] = record->assumed[i];
    if (options->assumed_count)
        memcpy(assumed + count, options->assumed, options->assumed_count * sizeof(*assumed));
    session->assumed = assumed;
    session->assumed_count = count + options->assumed_count;
    return 0;
}

/* ---- the record -------------------------------------------------------------------------------------------------- */

static int take_record(struct gp_session *session, const struct gp_record *record)
{
    struct gp_recorded_source *source = GP_NEW(session->cli->arena, struct gp_recorded_source);
    bool clock = session->cli->options.seen & GP_OPTION_NOW;

    if (!source)
        return -ENOMEM;
    *source = (struct gp_recorded_source){session->cli->options.evidence, record->now, record->ruleset,
                                          record->version, record->digest};
    session->subject.directory = record->directory;
    session->subject.recorded = source;
    session->now = clock ? session->cli->now : record->now;
    int r = merge_given(session, record);
    return r < 0 ? r : merge_assumed(session, record);
}

static int use_text(struct gp_session *session, struct gp_str text)
{
    const struct gp_ruleset *rules = session->subject.rules;
    struct gp_probe_options options = {.held_path = GP_PATH_NONE, .paths = rules->paths,
                                       .fold = rules->manifest.names == GP_NAMES_DOS};
    struct gp_record record = {.document = NULL};
    struct gp_arena *arena = session->cli->arena;
    const char *problem = "";
    int r = gp_record_read(&record, arena, text, &problem);

    if (r == 0)
        r = gp_record_open(&record, &options, arena, &session->probe, &problem);
    if (r == 0)
        r = take_record(session, &record);
    gp_record_done(&record);
    return r == -EINVAL ? unusable(session, problem) : r;
}

int gp_evidence_open(struct gp_session *session)
{
    const char *name = session->cli->options.evidence;
    struct gp_strbuf text = {0};
    int r = read_file(name, &text);

    session->subject.directory = name;
    if (r == 0)
        r = use_text(session, (struct gp_str){gp_strbuf_text(&text), text.len});
    else if (r != -ENOMEM)
        r = unusable(session, strerror(-r));
    gp_strbuf_done(&text);
    return r;
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

static void note_given(const struct gp_session *session)
{
    for (size_t i = session->recorded_given; i < session->given_count; i++) {
        const struct gp_given *now = &session->given[i];
        for (size_t k = session->recorded_given; k-- > 0;) {
            const struct gp_given *before = &session->given[k];
            if (!gp_str_equal(before->name, now->name))
                continue;
            if (!gp_str_equal(before->value, now->value))
                gp_complain("note: %.*s is '%.*s' now; the record has '%.*s'", GP_STR_ARG(now->name),
                            GP_STR_ARG(now->value), GP_STR_ARG(before->value));
            break;
        }
    }
}

void gp_evidence_note(const struct gp_session *session)
{
    const struct gp_recorded_source *source = session->subject.recorded;
    const struct gp_ruleset *rules = session->subject.rules;
    char when[GP_TIME_SIZE];

    if (!source || session->cli->options.quiet)
        return;
    gp_time_format(source->when, when);
    gp_complain("note: decided by %s, recorded at %s, without a look at the directory", source->file, when);
    if (strncmp(source->digest, "sha256:", 7) != 0 || strcmp(source->digest + 7, rules->digest) != 0)
        gp_complain("note: recorded with rule set %s %s %s, decided with %.*s %.*s sha256:%s", source->ruleset,
                    source->version, source->digest, GP_STR_ARG(rules->manifest.name),
                    GP_STR_ARG(rules->manifest.version), rules->digest);
    note_given(session);
}
