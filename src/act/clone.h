/*
 * What a file has besides its bytes (mode, owner, attributes, times), and how a
 * copy gets it.
 */
#ifndef GP_ACT_CLONE_H
#define GP_ACT_CLONE_H

#include "probe/probe.h"

/* DOS attributes as the file system keeps them. */
enum gp_dos_kind { GP_DOS_NONE, GP_DOS_FAT, GP_DOS_SAMBA };
struct gp_dos {
    enum gp_dos_kind kind;
    unsigned set; /* enum gp_attribute; NONE: 0 */
};

int gp_dos_get(const struct gp_sys *sys, int fd, struct gp_dos *ret) GP_MUST_CHECK;
/* Sets the attributes of `mask`; on a file system that keeps none, only clearing succeeds (-EOPNOTSUPP).  Read-only is
 * set in the mode as well as here, by whoever calls. */
int gp_dos_set(const struct gp_sys *sys, int fd, unsigned mask, unsigned set) GP_MUST_CHECK;

int gp_set_mode(const struct gp_sys *sys, int fd, mode_t mode) GP_MUST_CHECK;
/* Changes the owner where it is another; -1: leave. */
int gp_set_owner(const struct gp_sys *sys, int fd, uid_t owner, gid_t group) GP_MUST_CHECK;
/* Copies the extended attributes, ACLs among them.  What only the system may set is left out where it does not let
 * us. */
int gp_copy_xattrs(const struct gp_sys *sys, int from, int to) GP_MUST_CHECK;
/* Makes `to` what `from` is: owner, extended attributes, DOS attributes, mode, in this order. */
int gp_copy_state(const struct gp_sys *sys, int from, int to) GP_MUST_CHECK;
/* Copies `size` bytes. -ESTALE: there are fewer. */
int gp_copy_bytes(const struct gp_sys *sys, int from, int to, uint64_t size) GP_MUST_CHECK;

#endif
