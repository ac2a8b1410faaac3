/*
 * DOS attributes as file systems keep them.
 */
#ifndef GP_PROBE_DOS_ATTRIBUTES_H
#define GP_PROBE_DOS_ATTRIBUTES_H

#include "util/sys.h"

/* The attributes of an open file or directory, as enum gp_attribute; `*ret_known` is 0 if its file system keeps none.
 * 0 or a negative errno. */
int gp_dos_attributes_fat(const struct gp_sys *sys, int fd, unsigned *ret_known, unsigned *ret_set) GP_MUST_CHECK;
int gp_dos_attributes_samba(const struct gp_sys *sys, int fd, unsigned *ret_known, unsigned *ret_set) GP_MUST_CHECK;
/* The value of Samba's user.DOSATTRIB.  0 or -EIO: no version that we know. */
int gp_dosattrib_parse(struct gp_str value, unsigned *ret_attributes) GP_MUST_CHECK;
/* Changes the attributes of `mask` in such a value, in place.  0, -EIO as above, or -EOPNOTSUPP: the oldest form, a
 * text whose length may change. */
int gp_dosattrib_change(char *value, size_t length, unsigned mask, unsigned set) GP_MUST_CHECK;

#endif
