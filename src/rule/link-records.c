/* Tables and their fields, checked when all references are resolved. */
#include "rule/limits.h"
#include "rule/link.h"
#include "rule/say.h"
#include "util/text.h"

const struct gp_table *gp_ref_table(const struct gp_ref *ref)
{
    return ref && ref->section == GP_SECTION_TABLE ? ref->target : NULL;
}

const struct gp_table_field *gp_ref_field(const struct gp_ref *ref)
{
    return ref && ref->section == GP_SECTION_FIELD ? ref->target : NULL;
}

enum gp_type gp_field_value_type(const struct gp_table_field *field)
{
    switch ((enum gp_field_type)field->type) {
    case GP_FIELD_BYTES:
        return GP_TYPE_BYTES;
    case GP_FIELD_STRING:
        return GP_TYPE_STRING;
    default:
        return GP_TYPE_INTEGER;
    }
}

/* What an expression is worth that is there; -1: only a tree and its settings say. */
static int64_t literal(const struct gp_expr *expr, int64_t fallback)
{
    if (!expr)
        return fallback;
    return expr->kind == GP_EXPR_LITERAL && gp_type_is_integer(expr->value.type) ? expr->value.integer : -1;
}

int64_t gp_field_width(const struct gp_table_field *field)
{
    static const int64_t widths[] = {1, 2, 2, 4, 4};

    if ((size_t)field->type < GP_COUNT(widths))
        return widths[field->type];
    int64_t length = literal(field->length, -1);
    return length > 0 ? length : 0;
}

/* ---- names of fields --------------------------------------------------------------------------------------------- */

static const struct gp_table_field *find_field(struct gp_link *link, const struct gp_table *table, struct gp_str id,
                                               struct gp_span at)
{
    const struct gp_map_entry *entry = gp_map_find(&table->fields, id);

    if (entry)
        return entry->value;
    struct gp_diag *diag = gp_diag_add(link->diags, GP_DIAG_UNKNOWN_FIELD, at, "table '%.*s' has no field '%s'",
                                       GP_STR_ARG(table->def.id), gp_say_brief(link->rules->arena, id));
    gp_diag_note(link->diags, diag, table->def.at, "the table is here");
    gp_diag_suggest(link->diags, diag,
                    gp_text_nearest(id, table->fields.data, table->fields.count, sizeof(*table->fields.data)));
    return NULL;
}

const struct gp_table_field *gp_link_field(struct gp_link *link, const struct gp_table *table,
                                           const struct gp_ref *field)
{
    struct gp_ref *ref = (struct gp_ref *)field; /* immutable from when the set is linked on */

    if (!ref || !table)
        return NULL;
    ref->target = find_field(link, table, ref->id, ref->at);
    return ref->target;
}

void gp_link_field_tests(struct gp_link *link, const struct gp_table *table, const struct gp_map *tests)
{
    for (size_t i = 0; table && i < tests->count; i++) {
        struct gp_field_test *test = tests->data[i].value;
        test->field = find_field(link, table, tests->data[i].id, tests->data[i].at);
        if (test->field)
            gp_link_type_comparison(link, test->comparison, gp_field_value_type(test->field), NULL);
    }
}

/* ---- a table ----------------------------------------------------------------------------------------------------- */

static void say_key(struct gp_link *link, const struct gp_table_field *field, struct gp_span at, const char *key,
                    const char *of)
{
    if (at.source)
        gp_diag_add(link->diags, GP_DIAG_FIELD_KEYS, at, "field '%.*s': '%s' goes with %s", GP_STR_ARG(field->id), key,
                    of);
}

static void check_keys(struct gp_link *link, const struct gp_table_field *field)
{
    bool sized = field->type >= GP_FIELD_HEX;
    bool number = field->type <= GP_FIELD_HEX;

    if (sized && !field->length)
        gp_diag_add(link->diags, GP_DIAG_FIELD_KEYS, field->type_at, "field '%.*s' needs a 'length'",
                    GP_STR_ARG(field->id));
    if (!sized)
        say_key(link, field, field->length_at, "length", "hex, bytes and string, not with a number");
    if (field->type > GP_FIELD_U32BE)
        say_key(link, field, field->mask_at, "mask", "a number in binary");
    if (!number)
        say_key(link, field, field->digits_at, "format", "a number");
    if (field->type != GP_FIELD_STRING) {
        say_key(link, field, field->encoding_at, "encoding", "a string");
        say_key(link, field, field->upper_at, "case", "a string");
    }
}

static void check_place(struct gp_link *link, const struct gp_table *table, const struct gp_table_field *field)
{
    int64_t at = literal(field->offset, 0), width = gp_field_width(field), of = literal(table->of, -1);
    struct gp_span place = field->offset ? field->offset->at : field->at;
    int64_t length = literal(field->length, -1);

    if (field->length && field->length->kind == GP_EXPR_LITERAL && (length < 1 || length > GP_LIMIT_RECORD_BYTES)) {
        gp_diag_add(link->diags, GP_DIAG_FIELD_LAYOUT, field->length->at, "field '%.*s' has no room in a record",
                    GP_STR_ARG(field->id));
        return;
    }
    if (field->type == GP_FIELD_HEX && length > 15) {
        gp_diag_add(link->diags, GP_DIAG_FIELD_LAYOUT, field->length->at,
                    "field '%.*s': a number has at most 15 hexadecimal digits", GP_STR_ARG(field->id));
        return;
    }
    bool negative = field->offset && field->offset->kind == GP_EXPR_LITERAL && at < 0;
    if (!negative && (at < 0 || of < 0 || (at < of && width <= of - at)))
        return;
    struct gp_diag *diag =
        negative ? gp_diag_add(link->diags, GP_DIAG_FIELD_LAYOUT, place, "field '%.*s' begins before its record",
                               GP_STR_ARG(field->id))
                 : gp_diag_add(link->diags, GP_DIAG_FIELD_LAYOUT, place,
                               "field '%.*s' ends at %lld, and a record has %lld bytes", GP_STR_ARG(field->id),
                               (long long)at + width, (long long)of);
    if (!negative)
        gp_diag_note(link->diags, diag, table->of->at, "the size of a record is given here");
}

static void check_size(struct gp_link *link, const struct gp_table *table)
{
    int64_t of = literal(table->of, -1);

    if (table->of && table->of->kind == GP_EXPR_LITERAL && (of < 1 || of > GP_LIMIT_RECORD_BYTES))
        gp_diag_add(link->diags, GP_DIAG_RECORD_SIZE, table->of->at, "a record has 1 to %u bytes",
                    GP_LIMIT_RECORD_BYTES);
    if (table->count && table->count->kind == GP_EXPR_LITERAL && literal(table->count, 1) < 1)
        gp_diag_add(link->diags, GP_DIAG_TOO_SMALL, table->count->at, "'count' must be at least 1");
}

void gp_link_table(struct gp_link *link, const struct gp_table *table)
{
    check_size(link, table);
    for (size_t i = 0; i < table->fields.count; i++) {
        struct gp_table_field *field = table->fields.data[i].value;
        field->number = (uint32_t)i;
        if (table->fields.data[i].broken)
            continue;
        check_keys(link, field);
        check_place(link, table, field);
    }
    gp_link_field_tests(link, table, &table->live);
}
