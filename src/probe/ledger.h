/*
 * GATEPOST/LEDGER: one JSON object a line, appended, never rewritten: completed
 * operations and attestations.  Hostile input: a line that is not one of ours is
 * counted, never believed.
 */
#ifndef GP_PROBE_LEDGER_H
#define GP_PROBE_LEDGER_H

#include <time.h>

#include "util/arena.h"
#include "util/strbuf.h"

enum gp_ledger_kind { GP_LEDGER_OPERATION, GP_LEDGER_ATTESTATION };

struct gp_ledger_entry {
    enum gp_ledger_kind kind;
    const char *id;        /* of the line: makes an append idempotent */
    const char *name;      /* the operation or the attestation */
    const char *ruleset;
    const char *to;        /* OPERATION: the state that it led to, "" if the state stays; NULL for an attestation */
    const char *who, *host, *reason;
    const char *limits;    /* OPERATION: what the file system did not promise; written, not read back */
    struct timespec when;
    const char *line;      /* the JSON itself */
};

struct gp_ledger {
    struct gp_ledger_entry *entries; /* oldest first */
    size_t count;
    size_t bad_lines; /* damaged, torn or foreign */
    bool cut;         /* longer than the limit: only its end was read */
};

/* Reads the text of a ledger; 0 or -ENOMEM. */
int gp_ledger_parse(struct gp_arena *arena, struct gp_str text, struct gp_ledger *ret_ledger) GP_MUST_CHECK;
/* Appends the line of an entry (its `line` is not used), with the newline. */
void gp_ledger_format(struct gp_strbuf *out, const struct gp_ledger_entry *entry);
/* The newest entry of a kind and name ("" or NULL: any name), NULL if there is none. */
const struct gp_ledger_entry *gp_ledger_newest(const struct gp_ledger *ledger, enum gp_ledger_kind kind,
                                               const char *name);
/* The newest completed operation that has a `to`. */
const struct gp_ledger_entry *gp_ledger_last_move(const struct gp_ledger *ledger);

#endif
