/*
 * JSON from strangers into structs, by tables: closed objects, every value of
 * its type and in its range, or words that say what is wrong and where.
 *
 *     static const struct gp_json_key keys[] = {
 *         {"size", GP_JSON_INTEGER, .offset = offsetof(struct item, size), .most = INT64_MAX},
 *         {0},
 *     };
 *     gp_json_bind(&in, value, "facts[3]", keys, &item);
 */
#ifndef GP_UTIL_JSON_READ_H
#define GP_UTIL_JSON_READ_H

#include "util/arena.h"
#include "util/json.h"

enum gp_json_kind {
    GP_JSON_INTEGER, /* int64_t, least to most */
    GP_JSON_BOOLEAN, /* bool */
    GP_JSON_TEXT,    /* const char *: no NUL in it */
    GP_JSON_BYTES,   /* struct gp_str: a string, or { "hex": "00ff" } */
    GP_JSON_WORD,    /* int: its place in `words` */
    GP_JSON_LIST,    /* const json_t * */
    GP_JSON_MAP,     /* const json_t * */
};

struct gp_json_key {
    const char *name; /* NULL ends the table */
    enum gp_json_kind kind;
    size_t offset;
    bool required;
    int64_t least, most;      /* INTEGER; least 0 and most 0: any */
    const char *const *words; /* WORD; ends with NULL */
};

/* One document that is read. */
struct gp_json_in {
    struct gp_arena *arena; /* of texts, bytes and problems */
    const char *problem;    /* the first, NULL: none */
};

/* Says what is wrong, unless something was before: -EINVAL, or -ENOMEM. */
int gp_json_wrong(struct gp_json_in *in, const char *format, ...) GP_PRINTF(2, 3);
/* Fills in the members that are there; the others stay as they are.  `where` is for people.  0, -EINVAL, -ENOMEM. */
int gp_json_bind(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *keys,
                 void *ret_struct) GP_MUST_CHECK;
/* One value by itself; `ret` is what the kind says. */
int gp_json_take(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                 void *ret) GP_MUST_CHECK;
/* Bytes as GP_JSON_BYTES reads them; and as hexadecimal digits.  NULL: out of memory. */
json_t *gp_json_bytes(struct gp_str bytes) GP_MUST_CHECK;
json_t *gp_json_hex(struct gp_str bytes) GP_MUST_CHECK;
/* Digits in pairs.  0, -EINVAL (they are none), -ENOMEM. */
int gp_json_unhex(struct gp_arena *arena, struct gp_str digits, struct gp_str *ret_bytes) GP_MUST_CHECK;

#endif
