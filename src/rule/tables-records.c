/* The tables of records inside files, and of the lines that a summary shows. */
#include "rule/family.h"
#include "rule/tables.h"

const struct gp_name gp_encoding_names[] = {
    {"ascii", GP_ENCODING_ASCII, "seven bits; any other byte is an error"},
    {"cp437", GP_ENCODING_CP437, "DOS, United States"},
    {"cp850", GP_ENCODING_CP850, "DOS, Western Europe"},
    {"latin1", GP_ENCODING_LATIN1, "ISO 8859-1"},
    {"utf8", GP_ENCODING_UTF8, "UTF-8"},
    {0},
};

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static const struct gp_name type_names[] = {
    {"u8", GP_FIELD_U8, "a byte, as a number"},
    {"u16le", GP_FIELD_U16LE, "two bytes, least significant first"},
    {"u16be", GP_FIELD_U16BE, "two bytes, most significant first"},
    {"u32le", GP_FIELD_U32LE, "four bytes, least significant first"},
    {"u32be", GP_FIELD_U32BE, "four bytes, most significant first"},
    {"hex", GP_FIELD_HEX, "`length` hexadecimal digits, as a number; anything else is no value"},
    {"bytes", GP_FIELD_BYTES, "`length` bytes as they are"},
    {"string", GP_FIELD_STRING, "a text of `length` bytes at most, up to the first NUL"},
    {0},
};

static const struct gp_name format_names[] = {
    {"hex2", 2, "two hexadecimal digits"},
    {"hex4", 4, "four hexadecimal digits"},
    {"hex8", 8, "eight hexadecimal digits"},
    {0},
};

static const struct gp_name case_names[] = {
    {"upper", 1, "ASCII letters become upper case"},
    {0},
};

#define FIELD(member) offsetof(struct gp_table_field, member)

static const struct gp_field field_fields[] = {
    {"type", GP_KIND_ENUM, FIELD(type), GP_FIELD_REQUIRED, .names = type_names, .key_at = FIELD(type_at),
     .help = "how it stands in the record"},
    {"title", GP_KIND_STRING, FIELD(title), 0, .help = "what it is, in a few words for a reader of reports"},
    {"at", GP_KIND_EXPR, FIELD(offset), GP_FIELD_REQUIRED, .type = GP_TYPE_INTEGER,
     .help = "the offset of its first byte in the record"},
    {"length", GP_KIND_EXPR, FIELD(length), 0, .type = GP_TYPE_SIZE, .key_at = FIELD(length_at),
     .help = "how many bytes: of hex, bytes and string, which need it"},
    {"mask", GP_KIND_EXPR, FIELD(mask), 0, .type = GP_TYPE_INTEGER, .key_at = FIELD(mask_at),
     .help = "of a number: only these bits count; they are not shifted"},
    {"encoding", GP_KIND_ENUM, FIELD(encoding), 0, .names = gp_encoding_names, .fallback = GP_ENCODING_ASCII,
     .key_at = FIELD(encoding_at), .help = "of a string: how the file holds the text; ascii if left out"},
    {"case", GP_KIND_ENUM, FIELD(upper), 0, .names = case_names, .key_at = FIELD(upper_at),
     .help = "of a string: upper: the value is in upper case"},
    {"format", GP_KIND_ENUM, FIELD(digits), 0, .names = format_names, .key_at = FIELD(digits_at),
     .help = "of a number: how it is written where it becomes a text, as in ${FIELD}: in upper-case hexadecimal digits; "
             "decimal if left out"},
    {0},
};
const struct gp_object gp_object_table_field = {
    .name = "field",
    .help = "A field of a record.",
    .size = sizeof(struct gp_table_field),
    .fields = field_fields,
};

static const struct gp_field field_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &gp_object_table_field},
    {0},
};

const struct gp_object gp_object_field_test = {
    .name = "comparison of a field",
    .help = "What a field is compared with.",
    .size = sizeof(struct gp_field_test),
};
const struct gp_field gp_field_test_element[] = {
    {NULL, GP_KIND_COMPARISON, offsetof(struct gp_field_test, comparison), 0, .object = &gp_object_field_test},
    {0},
};

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define TABLE(member) offsetof(struct gp_table, member)

static const struct gp_field table_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_table),
    {"file", GP_KIND_PATHS, TABLE(paths), GP_FIELD_REQUIRED | GP_FIELD_LIST | GP_FIELD_GLOB,
     .help = "the files that hold the records; one that is not there has none"},
    {"of", GP_KIND_EXPR, TABLE(of), GP_FIELD_REQUIRED, .type = GP_TYPE_SIZE, .help = "how many bytes a record has"},
    {"after", GP_KIND_EXPR, TABLE(after), 0, .type = GP_TYPE_SIZE,
     .help = "so many bytes of a file come before its first record; 0 if left out"},
    {"count", GP_KIND_EXPR, TABLE(count), 0, .type = GP_TYPE_INTEGER,
     .help = "a file has so many records, whatever comes behind them; if left out, records fill the file to its end"},
    {"fields", GP_KIND_MAP, TABLE(fields), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY, .section = GP_SECTION_FIELD,
     .element = field_element, .help = "the fields of a record, as far as they are known"},
    {"live", GP_KIND_MAP, TABLE(live), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,
     .help = "fields and what they are compared with; a record of which that does not hold counts as deleted, which is as "
             "if it were not there"},
    {"when", GP_KIND_CONDITION, TABLE(when), 0, .help = "a guard: false, and what asks about its records is n/a"},
    {"under", GP_KIND_REF, TABLE(under), 0, .section = GP_SECTION_DIRECTORY,
     .help = "the files are in this directory (a parameter or variable of type directory) instead of in the tree"},
    {0},
};
const struct gp_object gp_object_table = {
    .name = "table",
    .help = "Records of equal size inside one file, or inside each of many.",
    .size = sizeof(struct gp_table),
    .fields = table_fields,
};

/* ---- summary ----------------------------------------------------------------------------------------------------- */

#define LINE(member) offsetof(struct gp_summary_line, member)

static const struct gp_field line_fields[] = {
    {"title", GP_KIND_STRING, LINE(def.title), 0, .help = "what the line shows, before its value"},
    {"group", GP_KIND_STRING, LINE(group), 0, .help = "the heading that it stands under"},
    {"when", GP_KIND_CONDITION, LINE(when), 0, .help = "a guard: false or n/a, and the line is left out"},
    {"marker", GP_KIND_REF, LINE(marker), 0, .section = GP_SECTION_MARKER, .help = "shows the value of this marker"},
    {"condition", GP_KIND_CONDITION, LINE(condition), 0, .help = "shows whether this holds"},
    {"files", GP_KIND_PATHS, LINE(files), GP_FIELD_GLOB | GP_FIELD_LIST,
     .help = "shows how many names match, and the first of them"},
    {"records", GP_KIND_REF, LINE(records), 0, .section = GP_SECTION_TABLE,
     .help = "shows how many records this table has and, with 'field', the first values of it"},
    {"attested", GP_KIND_REF, LINE(attested), 0, .section = GP_SECTION_ATTESTATION,
     .help = "shows whether this attestation was given and still counts"},
    {"state", GP_KIND_BOOLEAN, LINE(state), 0, .help = "true: shows the state of the tree and what that rests on"},
    {"text", GP_KIND_TEXT, LINE(text), 0, .help = "shows this text"},
    {"field", GP_KIND_REF, LINE(field), 0, .section = GP_SECTION_FIELD,
     .help = "with 'records': the field whose values are shown"},
    {"under", GP_KIND_REF, LINE(under), 0, .section = GP_SECTION_DIRECTORY,
     .help = "look in this directory (a variable of type directory) instead of in the tree"},
    {"holds", GP_KIND_TEXT, LINE(holds), 0, .help = "with 'condition': shown when it holds, instead of 'yes'"},
    {"fails", GP_KIND_TEXT, LINE(fails), 0, .help = "with 'condition': shown when it does not hold, instead of 'no'"},
    {"none", GP_KIND_TEXT, LINE(none), 0, .help = "with 'files' or 'records': shown when there are none"},
    {0},
};
static const char *const line_one_of[] = {"marker", "condition", "files", "records", "attested", "state", "text", NULL};
const struct gp_object gp_object_summary_line = {
    .name = "summary line",
    .help = "A line of the summary that inspect shows.",
    .size = sizeof(struct gp_summary_line),
    .fields = line_fields,
    .one_of = line_one_of,
};
