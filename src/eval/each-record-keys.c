/* The keys of each-record, and what of them is checked when a rule set is loaded. */
#include "eval/check.h"
#include "eval/each-record.h"

/* ---- what is checked at load ------------------------------------------------------------------------------------- */

static void check_number(struct gp_link *link, const struct gp_ref *ref, const struct gp_table_field *field)
{
    if (field && gp_field_value_type(field) != GP_TYPE_INTEGER) {
        gp_diag_add(link->diags, GP_DIAG_TYPE_MISMATCH, ref->at, "field '%.*s' is %s, but an offset is a number",
                    GP_STR_ARG(field->id), field->type == GP_FIELD_BYTES ? "bytes" : "a string");
    }
}

static void check_one_file(struct gp_link *link, const struct gp_table *table, struct gp_span at, const char *what)
{
    if (table && (table->paths.count != 1 || table->paths.data[0]->glob)) {
        struct gp_diag *diag = gp_diag_add(link->diags, GP_DIAG_TABLE_FILES, at,
                                           "%s is an offset in one file, and table '%.*s' has several", what,
                                           GP_STR_ARG(table->def.id));
        gp_diag_note(link->diags, diag, table->def.at, "the table is here");
    }
}

static void check_along(struct gp_link *link, const struct gp_table *table, const struct gp_along *along)
{
    check_number(link, along->next, gp_link_field(link, table, along->next));
    if (along->from) {
        check_one_file(link, table, along->from->at, "where a chain begins");
    }
}

static void check_in(struct gp_link *link, const struct gp_table *table, const struct gp_membership *in)
{
    const struct gp_table *other = gp_ref_table(in->table);
    gp_link_field_tests(link, other, &in->where);
    if (!gp_link_field(link, table, in->field) || !other) {
        return;
    }
    struct gp_ref same = {.id = in->field->id, .at = in->table->at, .section = GP_SECTION_FIELD};
    (void)gp_link_field(link, other, in->as ? in->as : &same);
}

static void check_points(struct gp_link *link, const struct gp_table *table, const struct gp_membership *points)
{
    const struct gp_table *other = gp_ref_table(points->table);
    check_number(link, points->field, gp_link_field(link, table, points->field));
    gp_link_field_tests(link, other, &points->where);
    if (other != table) {
        check_one_file(link, other, points->table->at, "what a field points to");
    }
}

void gp_check_each_record(struct gp_link *link, const struct gp_cond *cond)
{
    const struct gp_cond_each_record *data = cond->data;
    const struct gp_table *table = gp_ref_table(data->table);
    if (!data->that.count && !data->has.count && !data->unique && !data->in && !data->points && !data->along) {
        gp_check_says_nothing(link, cond->at, "'each-record' asks nothing of a record");
    }
    if (data->within && !data->unique) {
        gp_check_says_nothing(link, data->within_at, "'within' says nothing without 'unique'");
    }
    gp_link_field_tests(link, table, &data->where);
    gp_link_field_tests(link, table, &data->that);
    (void)gp_link_field(link, table, data->unique);
    if (data->in) {
        check_in(link, table, data->in);
    }
    if (data->points) {
        check_points(link, table, data->points);
    }
    if (data->along) {
        check_along(link, table, data->along);
    }
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define WHERE(type_name)                                                                                               \
    {"where", GP_KIND_MAP, offsetof(type_name, where), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,           \
     .help = "only the records of which all of this holds: fields and what they are compared with"}

#define MEMBER(member) offsetof(struct gp_membership, member)

static const struct gp_field in_fields[] = {
    {"field", GP_KIND_REF, MEMBER(field), GP_FIELD_REQUIRED, .section = GP_SECTION_FIELD,
     .help = "the record's field"},
    {"table", GP_KIND_REF, MEMBER(table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE,
     .help = "the table in which a record must have the same text"},
    {"as", GP_KIND_REF, MEMBER(as), 0, .section = GP_SECTION_FIELD,
     .help = "in this field; the one of the same name if left out"},
    WHERE(struct gp_membership),
    {0},
};
static const struct gp_object in_object = {
    .name = "in", .size = sizeof(struct gp_membership), .fields = in_fields,
    .help = "A field whose text a record of another table has too. Texts are compared as ${FIELD} writes them, so a "
            "number with a format equals the digits of a string."};

static const struct gp_field points_fields[] = {
    {"field", GP_KIND_REF, MEMBER(field), GP_FIELD_REQUIRED, .section = GP_SECTION_FIELD,
     .help = "the field that holds an offset, from the start of the file"},
    {"table", GP_KIND_REF, MEMBER(table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE,
     .help = "the table of whose records one begins there; with the record's own table, in the same file"},
    {"end", GP_KIND_EXPR, MEMBER(end), 0, .type = GP_TYPE_INTEGER, .help = "the number that points nowhere"},
    WHERE(struct gp_membership),
    {0},
};
static const struct gp_object points_object = {
    .name = "points-to", .size = sizeof(struct gp_membership), .fields = points_fields,
    .help = "A field that holds the offset at which a record begins that counts."};

static const struct gp_field along_fields[] = {
    {"next", GP_KIND_REF, offsetof(struct gp_along, next), GP_FIELD_REQUIRED, .section = GP_SECTION_FIELD,
     .help = "the field that holds the offset of the next record in the same file"},
    {"from", GP_KIND_EXPR, offsetof(struct gp_along, from), 0, .type = GP_TYPE_INTEGER,
     .help = "the offset of the first record; if left out, a chain may begin at every record"},
    {"end", GP_KIND_EXPR, offsetof(struct gp_along, end), 0, .type = GP_TYPE_INTEGER,
     .help = "the number that ends a chain; 0 if left out"},
    {0},
};
static const struct gp_object along_object = {
    .name = "along", .size = sizeof(struct gp_along), .fields = along_fields,
    .help = "Records that lead to each other by offsets: every step leads to the start of a record that counts, and no "
            "chain leads back into itself."};

static const struct gp_name within_names[] = {
    {"file", 1, "the same may stand in another file"},
    {0},
};

#define EACH(member) offsetof(struct gp_cond_each_record, member)

static const struct gp_field each_record_fields[] = {
    {"each-record", GP_KIND_REF, EACH(table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE,
     .help = "the table; no record is fine"},
    WHERE(struct gp_cond_each_record),
    {"that", GP_KIND_MAP, EACH(that), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,
     .help = "fields and what they are compared with"},
    {"has", GP_KIND_PATHS, EACH(has), 0,
     .help = "something is at this path; ${FIELD} is what the record's field says, ${name} and ${stem} are the file's "
             "unless a field has that name"},
    {"unique", GP_KIND_REF, EACH(unique), 0, .section = GP_SECTION_FIELD,
     .help = "no two records have the same in this field, in whatever file they are"},
    {"within", GP_KIND_ENUM, EACH(within), 0, .names = within_names, .key_at = EACH(within_at),
     .help = "with unique: file: no two records of one file"},
    {"in", GP_KIND_OBJECT, EACH(in), 0, .object = &in_object, .help = "another table has what a field says"},
    {"points-to", GP_KIND_OBJECT, EACH(points), 0, .object = &points_object,
     .help = "a field holds the offset at which a record begins"},
    {"along", GP_KIND_OBJECT, EACH(along), 0, .object = &along_object,
     .help = "the records lead to each other; with 'from' only those are looked at that the chain reaches"},
    {0},
};
const struct gp_object gp_each_record_object = {
    .name = "each-record", .size = sizeof(struct gp_cond_each_record), .fields = each_record_fields,
    .help = "Every record of a table is as it is asked; those that are not are named. A file that is not there has no "
            "records; one that does not end with a whole record, or cannot be read, makes it unknown unless another "
            "record fails."};
