/*
 * The words and keys that the writer and the reader of records share.
 */
#ifndef GP_PROBE_RECORD_WORDS_H
#define GP_PROBE_RECORD_WORDS_H

#include "probe/probe.h"
#include "util/json-read.h"

/* What a path is. */
enum gp_recorded_is { GP_IS_FILE, GP_IS_DIRECTORY, GP_IS_OTHER, GP_IS_ABSENT };
extern const char *const gp_recorded_is[];
extern const char *const gp_recorded_answers[];    /* by enum gp_tri */
extern const char *const gp_recorded_attributes[]; /* a bit each, from the lowest */
/* By enum gp_reason; that of NONE is empty, and no answer. */
extern const char *const gp_recorded_reasons[];

#endif
