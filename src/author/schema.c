#include "author/schema.h"

const struct gp_schema gp_schemas[] = {
    {"rules", "rule files: ruleset.yaml, other files of a rule set, drop-ins", gp_schema_rules},
    {"changes", "files of a rule set that extends another, and drop-ins", gp_schema_changes},
    {"tests", "files of rule tests", gp_schema_tests},
    {"report", "every JSON value that gatepost prints", gp_schema_report},
    {0},
};
