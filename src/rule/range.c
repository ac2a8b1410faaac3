/* Ranges that several tables name, and what a row makes of one. */
#include "rule/limits.h"
#include "rule/tables.h"

const struct gp_range gp_range_natural = {NULL, 0, INT64_MAX};
const struct gp_range gp_range_positive = {NULL, 1, INT64_MAX};
const struct gp_range gp_range_window = {NULL, 1, GP_LIMIT_WINDOW_BYTES};
const struct gp_range gp_range_u8 = {"a u8", 0, UINT8_MAX};
const struct gp_range gp_range_u16le = {"a u16le", 0, UINT16_MAX};
const struct gp_range gp_range_u16be = {"a u16be", 0, UINT16_MAX};
const struct gp_range gp_range_u32le = {"a u32le", 0, UINT32_MAX};
const struct gp_range gp_range_u32be = {"a u32be", 0, UINT32_MAX};

const char *const gp_no_reasons[] = {"true", "false", "yes", "no", "on", "off", NULL};

struct gp_range gp_field_range(const struct gp_field *field)
{
    struct gp_range range = field->range ? *field->range : (struct gp_range){NULL, INT64_MIN, INT64_MAX};

    if (field->flags & GP_FIELD_MIN)
        range.least = INT64_MIN;
    if (field->flags & GP_FIELD_MAX)
        range.most = INT64_MAX;
    return range;
}

struct gp_field gp_comparison_operand(const struct gp_field *row, const struct gp_field *whole)
{
    struct gp_field operand = *row;

    if (operand.type == GP_TYPE_ANY)
        operand.type = whole->type;
    operand.range = whole->range;
    return operand;
}
