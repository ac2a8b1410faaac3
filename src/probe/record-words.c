#include "probe/record-words.h"

const char *const gp_recorded_is[] = {"file", "directory", "other", "absent", NULL};
const char *const gp_recorded_answers[] = {"no", "yes", "unknown", NULL};
const char *const gp_recorded_attributes[] = {"read-only", "hidden", "system", NULL};
const char *const gp_recorded_reasons[] = {
#define X(id, name, words) name,
    GP_REASONS(X)
#undef X
    NULL,
};
