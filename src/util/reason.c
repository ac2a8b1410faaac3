#include "util/reason.h"

#include <errno.h>

#include "util/base.h"

static const char *const names[] = {
#define X(id, name, words) name,
    GP_REASONS(X)
#undef X
};

static const char *const in_words[] = {
#define X(id, name, words) words,
    GP_REASONS(X)
#undef X
};

const char *gp_reason_name(enum gp_reason reason)
{
    return (size_t)reason < GP_COUNT(names) ? names[reason] : "";
}

const char *gp_reason_words(enum gp_reason reason)
{
    return (size_t)reason < GP_COUNT(in_words) ? in_words[reason] : "";
}

enum gp_reason gp_reason_of_errno(int error)
{
    switch (error < 0 ? -error : error) {
    case 0:
        return GP_REASON_NONE;
    case EACCES:
    case EPERM:
        return GP_REASON_NO_PERMISSION;
    case ELOOP:
    case EXDEV: /* a way out of the tree */
        return GP_REASON_LINK;
    case ENOMEM:
    case EMFILE:
    case ENFILE:
    case EFBIG:
    case EOVERFLOW:
    case ENAMETOOLONG:
        return GP_REASON_LIMIT;
    case ENOENT: /* "is absent" is an answer; who asks for a reason had seen it there */
    case ENOTDIR:
    case ESTALE:
    case EAGAIN:
        return GP_REASON_CHANGED;
    case ENOMSG: /* no file system says that: recorded evidence does */
        return GP_REASON_NOT_RECORDED;
    default:
        return GP_REASON_IO_ERROR;
    }
}
