#include <errno.h>

#include "probe/recorded.h"

static const struct gp_answer not_recorded = {.value = GP_TRI_UNKNOWN, .reason = GP_REASON_NOT_RECORDED};

static void recorded_free(struct gp_backend *backend GP_UNUSED)
{
}

static void recorded_look(struct gp_backend *backend GP_UNUSED, const struct gp_entry *entry GP_UNUSED,
                          struct gp_facts *ret_facts)
{
    *ret_facts = (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = GP_REASON_NOT_RECORDED};
}

/* -ENOMSG is what gp_reason_of_errno() reads as `not-recorded`. */
static int recorded_list(struct gp_backend *backend GP_UNUSED, const struct gp_entry *directory GP_UNUSED,
                         struct gp_names *names GP_UNUSED)
{
    return -ENOMSG;
}

static int recorded_read(struct gp_backend *backend GP_UNUSED, const struct gp_entry *file GP_UNUSED,
                         uint64_t offset GP_UNUSED, void *buffer GP_UNUSED, size_t size GP_UNUSED)
{
    return -ENOMSG;
}

static int recorded_attributes(struct gp_backend *backend GP_UNUSED, const struct gp_entry *entry GP_UNUSED,
                               unsigned *ret_known GP_UNUSED, unsigned *ret_set GP_UNUSED)
{
    return -ENOMSG;
}

static int recorded_read_only(struct gp_backend *backend GP_UNUSED, const struct gp_entry *entry GP_UNUSED)
{
    return -ENOMSG;
}

static struct gp_answer recorded_locked(struct gp_backend *backend GP_UNUSED, const struct gp_entry *entry GP_UNUSED)
{
    return not_recorded;
}

static int recorded_free_space(struct gp_backend *backend GP_UNUSED, uint64_t *ret_bytes GP_UNUSED)
{
    return -ENOMSG;
}

static int recorded_open(struct gp_backend *backend GP_UNUSED, const char *directory GP_UNUSED,
                         struct gp_arena *arena GP_UNUSED, struct gp_backend **ret_backend GP_UNUSED)
{
    return -ENOMSG;
}

static const struct gp_backend_ops recorded_ops = {
    .free = recorded_free,
    .look = recorded_look,
    .list = recorded_list,
    .read = recorded_read,
    .attributes = recorded_attributes,
    .read_only = recorded_read_only,
    .locked = recorded_locked,
    .free_space = recorded_free_space,
    .open = recorded_open,
};

int gp_recorded_backend(struct gp_arena *arena, struct gp_backend **ret_backend)
{
    struct gp_backend *backend = GP_NEW(arena, struct gp_backend);

    if (!backend)
        return -ENOMEM;
    backend->ops = &recorded_ops;
    *ret_backend = backend;
    return 0;
}
