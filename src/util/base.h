/*
 * Attributes and the few macros that every file needs.
 */
#ifndef GP_UTIL_BASE_H
#define GP_UTIL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GP_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define GP_PRINTF(at, first) __attribute__((format(printf, at, first)))
#define GP_MUST_CHECK __attribute__((warn_unused_result))
#define GP_NONNULL(...) __attribute__((nonnull(__VA_ARGS__)))
#define GP_UNUSED __attribute__((unused))

/* A run of bytes that somebody else owns; not terminated unless said so. */
struct gp_str {
    const char *data;
    size_t len;
};

#define GP_STR(literal) ((struct gp_str){(literal), sizeof(literal) - 1})
/* For printf's "%.*s". */
#define GP_STR_ARG(s) ((int)(s).len), ((s).data)

#endif
