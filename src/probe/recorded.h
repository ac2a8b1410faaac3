/*
 * What the files that make a probe of a record share.
 */
#ifndef GP_PROBE_RECORDED_H
#define GP_PROBE_RECORDED_H

#include "probe/internal.h"
#include "util/json-read.h"

/* One record, or one directory of an `under:` in it, while it is read. */
struct gp_recorded {
    struct gp_json_in *in;
    struct gp_probe *probe;
    struct gp_strmap paths; /* as written → struct gp_entry */
    char where[96];         /* what is being read, for people */
};

/* A backend that has no tree: whatever it is asked is not recorded.  0 or -ENOMEM. */
int gp_recorded_backend(struct gp_arena *arena, struct gp_backend **ret_backend) GP_MUST_CHECK;
/* Each takes one member of a record into the probe's memory: 0, -EINVAL with in->problem, -ENOMEM. */
int gp_recorded_fact(struct gp_recorded *it, const json_t *value) GP_MUST_CHECK;
int gp_recorded_content(struct gp_recorded *it, struct gp_entry *file, const json_t *windows,
                        const json_t *findings) GP_MUST_CHECK;
int gp_recorded_ledger(struct gp_recorded *it, const json_t *questions) GP_MUST_CHECK;
/* Whether a text is one name: not empty, no "/", no NUL, not "." or "..". */
bool gp_recorded_is_name(struct gp_str name);

#endif
