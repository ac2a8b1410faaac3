#include "probe/dos-attributes.h"

#include <errno.h>
#include <linux/types.h> /* before msdos_fs.h, which lacks it */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/msdos_fs.h>

#include "probe/probe.h"

/* The bits of a DOS attribute byte are those of enum gp_attribute. */
#define ALL (GP_ATTRIBUTE_READ_ONLY | GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_SYSTEM)
#define XATTR_BYTES 1024

int gp_dos_attributes_fat(const struct gp_sys *sys, int fd, unsigned *ret_known, unsigned *ret_set)
{
    uint32_t attributes = 0;
    int r;

    do
        r = sys->ioctl(sys, fd, FAT_IOCTL_GET_ATTRIBUTES, &attributes);
    while (r < 0 && errno == EINTR);
    if (r < 0 && errno != ENOTTY && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return -errno;
    *ret_known = r < 0 ? 0 : ALL;
    *ret_set = r < 0 ? 0 : attributes & ALL;
    return 0;
}

/* A little-endian number at an offset that the caller has checked. */
static uint32_t number_at(struct gp_str value, size_t at, size_t size)
{
    uint32_t number = 0;

    for (size_t i = size; i-- > 0;)
        number = number << 8 | (unsigned char)value.data[at + i];
    return number;
}

/* The oldest form: the text "0x21". */
static int parse_text(struct gp_str value, unsigned *ret_attributes)
{
    char text[16], *end;

    if (value.len < 3 || value.len >= sizeof(text) || value.data[0] != '0' || (value.data[1] | 0x20) != 'x')
        return -EIO;
    memcpy(text, value.data, value.len);
    text[value.len] = '\0';
    unsigned long attributes = strtoul(text + 2, &end, 16);
    if (*end || text[2] == '-' || text[2] == '+' || text[2] == ' ')
        return -EIO;
    *ret_attributes = (unsigned)attributes;
    return 0;
}

/* Where a structure has its attributes, counted from its beginning (Samba's librpc/idl/xattr.idl). */
static const struct {
    uint32_t version;
    size_t at;
    bool has_flags; /* the structure begins with flags; bit 0: the attributes count */
} layouts[] = {
    {1, 0, false}, {2, 4, false}, {3, 4, true}, {4, 4, true}, {5, 4, true}, {0xffff, 0, false},
};

static size_t align(size_t at, size_t to)
{
    return (at + to - 1) / to * to;
}

/* Where the attributes stand: a text (mostly empty) with its NUL, the version twice as 16 bits, then the structure;
 * each aligned to its size. */
static int place_of(struct gp_str value, size_t text_len, size_t *ret_at)
{
    size_t version_at = align(text_len + 1, 2), at = align(version_at + 4, 4);

    if (value.len < at + 4)
        return -EIO;
    uint32_t version = number_at(value, version_at, 2);
    for (size_t i = 0; i < GP_COUNT(layouts); i++) {
        if (layouts[i].version != version)
            continue;
        if (value.len < at + layouts[i].at + 4 || (layouts[i].has_flags && !(number_at(value, at, 4) & 1)))
            return -EIO;
        *ret_at = at + layouts[i].at;
        return 0;
    }
    return -EIO;
}

static size_t text_length(struct gp_str value)
{
    const char *nul = value.len ? memchr(value.data, '\0', value.len) : NULL;

    return nul ? (size_t)(nul - value.data) : value.len;
}

int gp_dosattrib_parse(struct gp_str value, unsigned *ret_attributes)
{
    size_t text = text_length(value), at;

    if (value.len <= text + 1)
        return parse_text((struct gp_str){value.data, text}, ret_attributes);
    int r = place_of(value, text, &at);
    if (r == 0)
        *ret_attributes = number_at(value, at, 4);
    return r;
}

int gp_dosattrib_change(char *value, size_t length, unsigned mask, unsigned set)
{
    struct gp_str whole = {value, length};
    size_t text = text_length(whole), at;

    if (length <= text + 1)
        return -EOPNOTSUPP;
    int r = place_of(whole, text, &at);
    if (r < 0)
        return r;
    value[at] = (char)(((unsigned char)value[at] & ~mask) | (set & mask)); /* the least significant byte has them all */
    return 0;
}

int gp_dos_attributes_samba(const struct gp_sys *sys, int fd, unsigned *ret_known, unsigned *ret_set)
{
    char value[XATTR_BYTES];
    unsigned attributes;
    ssize_t n;

    do
        n = sys->fgetxattr(sys, fd, "user.DOSATTRIB", value, sizeof(value));
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != ENODATA && errno != EOPNOTSUPP && errno != ENOSYS)
        return errno == ERANGE ? -EIO : -errno;
    if (n < 0) {
        *ret_known = *ret_set = 0;
        return 0;
    }
    int r = gp_dosattrib_parse((struct gp_str){value, (size_t)n}, &attributes);
    if (r < 0)
        return r;
    *ret_known = ALL;
    *ret_set = attributes & ALL;
    return 0;
}
