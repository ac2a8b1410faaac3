/*
 * Why something could not be told.  One list for the probe that meets the
 * trouble, the logic that carries it and the reports that name it.
 */
#ifndef GP_UTIL_REASON_H
#define GP_UTIL_REASON_H

/* X(enumerator, "name in reports", "in words"), in the order of language.md 7: the world would not say, the fact has no
 * value, you have not said, nobody knows. */
#define GP_REASONS(X)                                                                   \
    X(NONE, "", "")                                                                     \
    X(NO_PERMISSION, "no-permission", "permission was denied")                          \
    X(IO_ERROR, "io-error", "an input/output error occurred")                           \
    X(LIMIT, "limit", "a limit was reached before there was an answer")                 \
    X(AMBIGUOUS_NAME, "ambiguous-name", "two entries differ only in upper and lower case") \
    X(LINK, "link", "it is a symbolic link, and links are never followed")              \
    X(CHANGED, "changed", "it changed while it was read")                               \
    X(NOT_RECORDED, "not-recorded", "the record does not hold it")                      \
    X(NO_VALUE, "no-value", "there is no value")                                        \
    X(NOT_ATTESTED, "not-attested", "nobody has attested it")                           \
    X(NOT_GIVEN, "not-given", "it was not given")                                       \
    X(UNDOCUMENTED, "undocumented", "no source says")

enum gp_reason {
#define X(id, name, words) GP_REASON_##id,
    GP_REASONS(X)
#undef X
};

const char *gp_reason_name(enum gp_reason reason);
const char *gp_reason_words(enum gp_reason reason);
/* The reason that an errno of a look at the tree stands for (EACCES, EPERM: no-permission; ELOOP: link; ...). */
enum gp_reason gp_reason_of_errno(int error);

#endif
