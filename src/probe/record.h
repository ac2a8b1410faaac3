/*
 * Records: the facts that a decision read, and no others, so that it can be made
 * again without the tree.
 *
 * A probe with gp_probe_options.recording keeps, beside its own answers, what
 * these alone do not tell: which globs were asked, which windows of bytes
 * somebody wanted as bytes, and what was found in a file by looking through it
 * (a finding: the answer, never the bytes).  gp_record_facts() writes all that
 * as JSON; gp_recorded_open() makes a probe of it whose memory is filled
 * already and which has no tree behind it: what the record lacks is unknown,
 * `not-recorded`, never absent and never false.
 *
 * The JSON (its keys are documented in gatepost(1), RECORDS):
 *   { facts: [{path, is, unknown, size, mtime, nsec, attributes, writable,
 *              locked, windows, findings, globs, names, count, unlisted}],
 *     space: {…}, ledger: [{…}], under: [{directory, unknown, absent, facts, …}] }
 */
#ifndef GP_PROBE_RECORD_H
#define GP_PROBE_RECORD_H

#include "probe/probe.h"
#include "util/json.h"

/* What was found out by going through a file: who asks keeps the meaning of number and flag to himself. */
struct gp_finding {
    enum gp_tri answer;
    enum gp_reason reason; /* UNKNOWN */
    uint64_t number;
    bool flag;
    struct gp_str text; /* data NULL: none */
};

/* From now on, before anything is asked. */
void gp_probe_start_recording(struct gp_probe *probe);
/* Whether findings are worth a key: the probe records, or answers from a record. */
bool gp_probe_has_findings(const struct gp_probe *probe);
/* The finding of this key (what was looked for, with all arguments), NULL if there is none. */
const struct gp_finding *gp_probe_finding(const struct gp_probe *probe, const struct gp_entry *file,
                                          struct gp_str key);
/* Keeps a copy while recording.  0 or -ENOMEM. */
int gp_probe_keep_finding(struct gp_probe *probe, struct gp_entry *file, struct gp_str key,
                          const struct gp_finding *finding) GP_MUST_CHECK;
/* Keeps, while recording, bytes that somebody looked at as bytes, or why they could not be had. 0 or -ENOMEM. */
int gp_probe_keep_window(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t length,
                         enum gp_reason reason, const char *data) GP_MUST_CHECK;
/* The same of a glob that was asked in a directory (record.c, for folder.c). */
int gp_folder_keep_glob(struct gp_probe *probe, struct gp_entry *directory, struct gp_str glob) GP_MUST_CHECK;

/* What was read so far; NULL: out of memory. */
json_t *gp_record_facts(struct gp_probe *probe) GP_MUST_CHECK;
/* How many facts that are: files, directories and absent names; windows, findings, globs; questions to the ledger. */
size_t gp_record_count(const struct gp_probe *probe);
/* A probe that answers from facts; `name` is the directory that they are of.  options->sys and what follows it are not
 * used.  0, -ENOMEM, or -EINVAL with `*ret_problem` in `arena`: the facts are not in order. */
int gp_recorded_open(struct gp_probe **ret_probe, const json_t *facts, const char *name,
                     const struct gp_probe_options *options, struct gp_arena *arena,
                     const char **ret_problem) GP_MUST_CHECK;

#endif
