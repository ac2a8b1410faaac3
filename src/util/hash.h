/*
 * A keyed hash for tables whose keys come from hostile files.
 *
 * The key differs from process to process, so a value must never be stored or
 * printed, nor may an order that comes from it.
 */
#ifndef GP_UTIL_HASH_H
#define GP_UTIL_HASH_H

#include "util/base.h"

/* SipHash-1-3 of `key` and `salt` (a second key, 0 if there is none); with `fold` ASCII case does not matter. */
uint64_t gp_hash(struct gp_str key, uint64_t salt, bool fold);

#endif
