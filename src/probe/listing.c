#include "probe/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/hash.h"
#include "util/text.h"

#define FIRST_TEXT ((size_t)1024)
#define FIRST_NAMES ((size_t)64)

void gp_names_done(struct gp_names *names)
{
    free(names->text);
    free(names->offsets);
    names->text = NULL;
    names->offsets = NULL;
    names->text_capacity = names->capacity = 0;
    gp_names_reset(names);
}

void gp_names_reset(struct gp_names *names)
{
    names->text_len = names->count = 0;
}

bool gp_name_is_own(struct gp_str name, bool fold)
{
    struct gp_str own = GP_STR("GATEPOST");

    return fold ? gp_ascii_equal_fold(name, own) : gp_str_equal(name, own);
}

/* Room for `more` further elements; 0 or -ENOMEM. */
static int grow(void *data_pointer, size_t *capacity, size_t count, size_t more, size_t first, size_t size)
{
    size_t wanted = *capacity ? *capacity : first;
    void *data;

    if (more <= *capacity - count)
        return 0;
    while (wanted - count < more)
        if (__builtin_mul_overflow(wanted, 2, &wanted))
            return -ENOMEM;
    memcpy(&data, data_pointer, sizeof(data)); /* a T *, which is not ours to read as a void * */
    data = reallocarray(data, wanted, size);
    if (!data)
        return -ENOMEM;
    memcpy(data_pointer, &data, sizeof(data));
    *capacity = wanted;
    return 0;
}

int gp_names_add(struct gp_names *names, const char *name, size_t len)
{
    if (names->hide_own && gp_name_is_own((struct gp_str){name, len}, names->fold))
        return 0;
    if (names->count >= names->limit || names->count >= GP_NAME_NONE - 1 || len >= UINT32_MAX - names->text_len)
        return -EFBIG;
    if (grow(&names->text, &names->text_capacity, names->text_len, len + 1, FIRST_TEXT, 1) < 0 ||
        grow(&names->offsets, &names->capacity, names->count, 2, FIRST_NAMES, sizeof(*names->offsets)) < 0)
        return -ENOMEM;
    names->offsets[names->count++] = (uint32_t)names->text_len;
    memcpy(names->text + names->text_len, name, len);
    names->text[names->text_len + len] = '\0';
    names->text_len += len + 1;
    return 0;
}

void gp_listing_done(struct gp_listing *listing)
{
    free(listing->text);
    free(listing->offsets);
}

int gp_listing_take(struct gp_listing *listing, struct gp_names *names)
{
    char *text = realloc(names->text, names->text_len ? names->text_len : 1);

    if (!text)
        return -ENOMEM;
    names->text = text;
    names->text_capacity = names->text_len ? names->text_len : 1;
    uint32_t *offsets = reallocarray(names->offsets, names->count + 1, sizeof(*offsets));
    if (!offsets)
        return -ENOMEM;
    offsets[names->count] = (uint32_t)names->text_len;
    listing->text = text;
    listing->offsets = offsets;
    listing->count = (uint32_t)names->count;
    names->text = NULL;
    names->offsets = NULL;
    gp_names_done(names);
    return 0;
}

size_t gp_listing_count(const struct gp_listing *listing)
{
    return listing->count;
}

struct gp_str gp_listing_name(const struct gp_listing *listing, size_t index)
{
    uint32_t from = listing->offsets[index];

    return (struct gp_str){listing->text + from, listing->offsets[index + 1] - from - 1};
}

static bool same(struct gp_str a, struct gp_str b, bool fold)
{
    return fold ? gp_ascii_equal_fold(a, b) : gp_str_equal(a, b);
}

/* The slot of a name, or the free one where it belongs.  At least one slot is always free. */
static uint32_t *slot_of(const struct gp_listing *listing, struct gp_str name, bool fold)
{
    size_t mask = listing->slot_count - 1;
    size_t at = (size_t)gp_hash(name, 0, fold) & mask;

    while (listing->slots[at] && !same(gp_listing_name(listing, listing->slots[at] - 1), name, fold))
        at = (at + 1) & mask;
    return &listing->slots[at];
}

static int mark(struct gp_listing *listing, struct gp_arena *arena, uint32_t index)
{
    if (!listing->ambiguous)
        listing->ambiguous = gp_arena_alloc(arena, (size_t)listing->count / 8 + 1);
    if (!listing->ambiguous)
        return -ENOMEM;
    listing->ambiguous[index / 8] |= (unsigned char)(1u << index % 8);
    return 0;
}

/* Of the spellings of one name only the first in byte order has a slot: a directory full of them must not make long
 * chains, and what is said of them must not depend on the directory's order. */
int gp_listing_hash(struct gp_listing *listing, struct gp_arena *arena, bool fold)
{
    size_t slot_count = 8;

    if (listing->slots)
        return 0;
    while (slot_count / 3 * 2 <= listing->count)
        slot_count *= 2;
    uint32_t *slots = gp_arena_calloc(arena, slot_count, sizeof(*slots));
    if (!slots)
        return -ENOMEM;
    listing->slots = slots;
    listing->slot_count = slot_count;
    for (uint32_t i = 0; i < listing->count; i++) {
        struct gp_str name = gp_listing_name(listing, i);
        uint32_t *slot = slot_of(listing, name, fold);
        if (!*slot) {
            *slot = i + 1;
        } else if (!gp_str_equal(gp_listing_name(listing, *slot - 1), name)) {
            if (mark(listing, arena, *slot - 1) < 0 || mark(listing, arena, i) < 0) {
                listing->slots = NULL;
                return -ENOMEM;
            }
            if (gp_str_compare(name, gp_listing_name(listing, *slot - 1)) < 0)
                *slot = i + 1;
        }
    }
    return 0;
}

uint32_t gp_listing_find(const struct gp_listing *listing, struct gp_str name, bool fold)
{
    uint32_t found = *slot_of(listing, name, fold);

    return found ? found - 1 : GP_NAME_NONE;
}

bool gp_listing_is_ambiguous(const struct gp_listing *listing, uint32_t index)
{
    return listing->ambiguous && listing->ambiguous[index / 8] >> index % 8 & 1;
}

static int compare_names(const void *a, const void *b, void *context)
{
    const struct gp_listing *listing = context;

    return gp_str_compare(gp_listing_name(listing, *(const uint32_t *)a),
                          gp_listing_name(listing, *(const uint32_t *)b));
}

/* The indices in the order of names, on the heap. */
static uint32_t *sorted(const struct gp_listing *listing)
{
    uint32_t *order = calloc((size_t)listing->count + 1, sizeof(*order));

    if (!order)
        return NULL;
    for (uint32_t i = 0; i < listing->count; i++)
        order[i] = i;
    qsort_r(order, listing->count, sizeof(*order), compare_names, (void *)listing);
    return order;
}

int gp_listing_same(const struct gp_listing *a, const struct gp_listing *b)
{
    if (a->count != b->count)
        return 0;
    if (!a->count)
        return 1;
    uint32_t length = a->offsets[a->count];
    if (length != b->offsets[b->count])
        return 0;
    if (memcmp(a->text, b->text, length) == 0)
        return 1;
    uint32_t *order_a = sorted(a), *order_b = sorted(b);
    int result = order_a && order_b ? 1 : -ENOMEM;
    for (uint32_t i = 0; result == 1 && i < a->count; i++)
        result = gp_str_equal(gp_listing_name(a, order_a[i]), gp_listing_name(b, order_b[i]));
    free(order_a);
    free(order_b);
    return result;
}
