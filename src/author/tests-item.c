/* What is at one path of a tree of a rule test: its bytes, its time, its attributes. */
#include <string.h>

#include "author/tests-internal.h"

#define DAY (24 * 60 * 60)

bool gp_item_live(const struct gp_item *item)
{
    for (; item; item = item->parent)
        if (item->gone || (item->parent && item->parent_birth != item->parent->birth))
            return false;
    return true;
}

struct gp_str gp_item_begin(const struct gp_test_file *file)
{
    return file->text.text.data ? file->text.text : file->bytes.string;
}

uint64_t gp_item_size(const struct gp_item *item)
{
    const struct gp_test_file *file = item->file;

    if (!file)
        return 0;
    return file->size.type == GP_TYPE_ANY ? gp_item_begin(file).len : (uint64_t)file->size.integer;
}

bool gp_item_is_zeros(const struct gp_item *item)
{
    return !item->file || (!gp_item_begin(item->file).len && item->file->fill.type == GP_TYPE_ANY &&
                           !item->file->patch.count && !item->patches.count);
}

/* The bytes of a patch: their number, and with `out` they themselves. */
static size_t patch_bytes(const struct gp_test_patch *patch, char *out)
{
    const struct {
        const struct gp_value *value;
        size_t size;
        bool big;
    } numbers[] = {{&patch->u8, 1, false},    {&patch->u16le, 2, false}, {&patch->u16be, 2, true},
                   {&patch->u32le, 4, false}, {&patch->u32be, 4, true}};
    struct gp_str bytes = patch->string.text.data ? patch->string.text : patch->bytes.string;

    for (size_t i = 0; i < GP_COUNT(numbers); i++) {
        if (numbers[i].value->type == GP_TYPE_ANY)
            continue;
        for (size_t k = 0; out && k < numbers[i].size; k++)
            out[numbers[i].big ? numbers[i].size - 1 - k : k] = (char)((uint64_t)numbers[i].value->integer >> (8 * k));
        return numbers[i].size;
    }
    if (out && bytes.len)
        memcpy(out, bytes.data, bytes.len);
    return bytes.len;
}

int64_t gp_patch_offset(const struct gp_test_patch *patch, uint64_t size)
{
    int64_t at = patch->at.integer;
    size_t len = patch_bytes(patch, NULL);

    if (at < 0)
        at = (uint64_t)-(at + 1) < size ? (int64_t)(size - ((uint64_t)-(at + 1) + 1)) : -1;
    return at >= 0 && len <= size && (uint64_t)at <= size - len ? at : -1;
}

static void apply(const struct gp_test_patch *patch, uint64_t size, char *out)
{
    int64_t at = gp_patch_offset(patch, size);

    if (at >= 0)
        patch_bytes(patch, out + at);
}

void gp_item_content(const struct gp_item *item, char *out)
{
    const struct gp_test_file *file = item->file;
    uint64_t size = gp_item_size(item);
    struct gp_str start = file ? gp_item_begin(file) : (struct gp_str){0};
    struct gp_str fill = file ? file->fill.string : (struct gp_str){0};

    if (start.len)
        memcpy(out, start.data, start.len);
    for (uint64_t i = start.len; i < size; i++)
        out[i] = fill.len ? fill.data[(i - start.len) % fill.len] : '\0';
    for (size_t i = 0; file && i < file->patch.count; i++)
        apply(file->patch.data[i], size, out);
    for (size_t i = 0; i < item->patches.count; i++)
        apply(item->patches.data[i], size, out);
}

struct timespec gp_item_mtime(const struct gp_item *item, struct timespec now)
{
    const struct gp_test_file *file = item->file;
    struct timespec time = {.tv_sec = now.tv_sec - DAY};

    if (file && file->mtime.type != GP_TYPE_ANY)
        time.tv_sec = (time_t)file->mtime.integer;
    else if (file && file->age.type != GP_TYPE_ANY &&
             __builtin_sub_overflow(now.tv_sec, file->age.integer, &time.tv_sec))
        time.tv_sec = 0;
    return time;
}

static const struct gp_test_attributes *attributes_of(const struct gp_item *item)
{
    return item->attributes ? item->attributes : item->file ? item->file->attributes : NULL;
}

bool gp_item_read_only(const struct gp_item *item)
{
    const struct gp_test_attributes *attributes = attributes_of(item);

    return attributes && attributes->read_only == GP_YESNO_YES;
}

unsigned gp_item_attributes(const struct gp_item *item, unsigned *ret_set)
{
    const struct gp_test_attributes *attributes = attributes_of(item);

    *ret_set = 0;
    if (!attributes || (attributes->hidden == GP_YESNO_UNSET && attributes->system == GP_YESNO_UNSET))
        return 0;
    *ret_set = (attributes->hidden == GP_YESNO_YES ? GP_ATTRIBUTE_HIDDEN : 0u) |
               (attributes->system == GP_YESNO_YES ? GP_ATTRIBUTE_SYSTEM : 0u);
    return GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_SYSTEM;
}
