/*
 * Coverage: of every requirement, named condition, state and cause, whether the
 * tests saw it true, false, unknown and n/a.  It is read off what a decision
 * leaves behind, so deciding costs nothing more.
 */
#include <string.h>

#include "author/tests-internal.h"
#include "rule/family.h"
#include "rule/tables.h"
#include "rule/walk.h"

struct gp_coverage_record {
    const struct gp_ruleset *rules;
    bool amended;
    struct gp_cover_item *items;
    size_t count;
    size_t *requirements;    /* where the items of an operation begin, by its place in the set */
    size_t *causes;          /* the same of messages */
    size_t conditions, states; /* where those begin */
    bool *checked;           /* by the operation's place */
};

static const struct gp_definitions *defs_of(const struct gp_coverage_record *record)
{
    return &record->rules->defs;
}

#define SEEN(result) (1u << (result))

/* What nobody can know is never seen true or false, and that somebody did not vouch for something is never false. */
static unsigned wanted_of(const struct gp_cond *that)
{
    static const struct {
        const char *form;
        unsigned wanted;
    } rows[] = {{"unknown", SEEN(GP_UNKNOWN)}, {"attested", SEEN(GP_TRUE) | SEEN(GP_UNKNOWN)}};

    for (size_t i = 0; i < GP_COUNT(rows); i++)
        if (strcmp(that->form->key, rows[i].form) == 0)
            return rows[i].wanted;
    return SEEN(GP_TRUE) | SEEN(GP_FALSE);
}

/* Whether a drop-in has it. */
static bool is_amendment(const struct gp_coverage_record *record, struct gp_span at)
{
    for (size_t i = 0; i < record->rules->file_count; i++)
        if (record->rules->files[i].source == at.source)
            return record->rules->files[i].drop_in;
    return false;
}

/* The tests of a site are not asked to see again what the set's own tests saw. */
static bool counts(const struct gp_coverage_record *record, struct gp_span at, const struct gp_cond *cond)
{
    return !record->amended || is_amendment(record, at) || is_amendment(record, cond->at);
}

static void add(struct gp_coverage_record *record, enum gp_cover_kind kind, struct gp_str owner, struct gp_str id,
                struct gp_span at, const struct gp_cond *cond)
{
    record->items[record->count++] =
        (struct gp_cover_item){.kind = kind, .owner = owner, .id = id, .at = at,
                               .wanted = counts(record, at, cond) ? wanted_of(cond) : 0};
}

static bool waived_for_good(const struct gp_requirement *it)
{
    return it->waived.data && it->until.type == GP_TYPE_ANY;
}

/* What is waived for good is seen so, and no other way; until a day, both ways. */
static void add_requirement(struct gp_coverage_record *record, const struct gp_operation *operation,
                            const struct gp_requirement *it)
{
    add(record, GP_COVER_REQUIREMENT, operation->def.id, it->def.id, it->def.at, it->that);
    struct gp_cover_item *item = &record->items[record->count - 1];

    if (it->waived.data && item->wanted)
        item->wanted = SEEN(GP_NA) | (waived_for_good(it) ? 0 : item->wanted);
}

static void add_conditions(struct gp_coverage_record *record, enum gp_cover_kind kind, const struct gp_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct gp_named_cond *named = map->data[i].value;

        add(record, kind, (struct gp_str){0}, named->id, named->at, named->cond);
    }
}

static void add_items(struct gp_coverage_record *record)
{
    const struct gp_definitions *defs = defs_of(record);

    for (size_t i = 0; i < defs->operations.count; i++) {
        const struct gp_operation *operation = defs->operations.data[i].value;

        record->requirements[i] = record->count;
        for (size_t k = 0; k < operation->requires.count; k++)
            add_requirement(record, operation, operation->requires.data[k].value);
    }
    record->conditions = record->count;
    add_conditions(record, GP_COVER_CONDITION, &defs->conditions);
    record->states = record->count;
    add_conditions(record, GP_COVER_STATE, &defs->states);
    for (size_t i = 0; i < defs->messages.count; i++) {
        const struct gp_message *message = defs->messages.data[i].value;

        record->causes[i] = record->count;
        for (size_t k = 0; k < message->causes.count; k++) {
            const struct gp_cause *it = message->causes.data[k].value;

            add(record, GP_COVER_CAUSE, message->def.id, it->def.id, it->def.at, it->that);
        }
    }
}

/* ---- conditions that no decision asks --------------------------------------------------------------------------- */

/* A named condition that only actions name, what they ensure, or what is waived for good: no test can see it. */
struct asked {
    struct gp_walk walk;
    const struct gp_map *conditions;
    bool *data; /* by the condition's place */
};

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    struct asked *asked = (struct asked *)walk; /* its first member */
    const struct gp_map_entry *entry =
        ref->section == GP_SECTION_CONDITION ? gp_map_find(asked->conditions, ref->id) : NULL;

    (void)field;
    if (!entry || asked->data[entry - asked->conditions->data])
        return 0;
    asked->data[entry - asked->conditions->data] = true;
    return gp_walk_cond(walk, ((const struct gp_named_cond *)entry->value)->cond);
}

static int ask_operation(struct asked *asked, const struct gp_operation *operation)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < operation->requires.count; i++) {
        const struct gp_requirement *it = operation->requires.data[i].value;

        if (waived_for_good(it))
            continue;
        r = gp_walk_cond(&asked->walk, it->when);
        if (r == 0)
            r = gp_walk_cond(&asked->walk, it->that);
    }
    return r;
}

/* All other sections are asked as they stand. */
static int ask_section(struct asked *asked, const struct gp_field *field, const struct gp_map *map)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < map->count; i++)
        r = field->section == GP_SECTION_OPERATION ? ask_operation(asked, map->data[i].value)
                                                   : gp_walk_element(&asked->walk, field->element, map->data[i].value);
    return r;
}

static int forget_unasked(struct gp_coverage_record *record, struct gp_arena *arena)
{
    struct asked asked = {.walk = {.ref = on_ref}, .conditions = &defs_of(record)->conditions};
    int r = 0;

    asked.data = GP_NEW_ARRAY(arena, bool, asked.conditions->count + 1);
    if (!asked.data)
        return -ENOMEM;
    for (const struct gp_field *field = gp_object_definitions.fields; r == 0 && field->key; field++)
        if (field->kind == GP_KIND_MAP && field->section != GP_SECTION_CONDITION)
            r = ask_section(&asked, field, (const void *)((const char *)defs_of(record) + field->offset));
    for (size_t i = 0; i < asked.conditions->count; i++)
        if (!asked.data[i])
            record->items[record->conditions + i].wanted = 0;
    return r;
}

/* ---- the record ------------------------------------------------------------------------------------------------- */

static size_t count_items(const struct gp_definitions *defs)
{
    size_t count = defs->conditions.count + defs->states.count;

    for (size_t i = 0; i < defs->operations.count; i++)
        count += ((const struct gp_operation *)defs->operations.data[i].value)->requires.count;
    for (size_t i = 0; i < defs->messages.count; i++)
        count += ((const struct gp_message *)defs->messages.data[i].value)->causes.count;
    return count;
}

int gp_coverage_new(struct gp_coverage_record **ret_record, const struct gp_ruleset *rules, struct gp_arena *arena)
{
    struct gp_coverage_record *record = GP_NEW(arena, struct gp_coverage_record);

    if (!record)
        return -ENOMEM;
    record->rules = rules;
    record->items = GP_NEW_ARRAY(arena, struct gp_cover_item, count_items(&rules->defs) + 1);
    record->requirements = GP_NEW_ARRAY(arena, size_t, rules->defs.operations.count + 1);
    record->causes = GP_NEW_ARRAY(arena, size_t, rules->defs.messages.count + 1);
    record->checked = GP_NEW_ARRAY(arena, bool, rules->defs.operations.count + 1);
    if (!record->items || !record->requirements || !record->causes || !record->checked)
        return -ENOMEM;
    for (size_t i = 0; i < rules->file_count; i++)
        record->amended = record->amended || rules->files[i].drop_in;
    add_items(record);
    *ret_record = record;
    return forget_unasked(record, arena);
}

const struct gp_ruleset *gp_coverage_rules(const struct gp_coverage_record *record)
{
    return record->rules;
}

/* ---- what a decision saw ----------------------------------------------------------------------------------------- */

static void see(struct gp_cover_item *item, enum gp_result result)
{
    item->seen |= SEEN(result);
}

static void see_requirement(struct gp_coverage_record *record, const struct gp_operation *operation, struct gp_str id,
                            enum gp_result result)
{
    const struct gp_map_entry *owner = gp_map_find(&defs_of(record)->operations, operation->def.id);
    const struct gp_map_entry *entry = gp_map_find(&operation->requires, id);

    see(&record->items[record->requirements[owner - defs_of(record)->operations.data] +
                       (size_t)(entry - operation->requires.data)], result);
}

static void see_verdict(struct gp_coverage_record *record, const struct gp_verdict *verdict)
{
    for (size_t i = 0; i < verdict->requirement_count; i++)
        see_requirement(record, verdict->operation, verdict->requirements[i].requirement->def.id,
                        verdict->requirements[i].result);
}

static void see_why(struct gp_coverage_record *record, const struct gp_why *why)
{
    const struct gp_map *messages = &defs_of(record)->messages;
    size_t message = why->message ? (size_t)(gp_map_find(messages, why->message->def.id) - messages->data) : 0;

    for (size_t i = 0; i < why->cause_count; i++) {
        const struct gp_why_cause *cause = &why->causes[i];

        if (cause->operation)
            see_requirement(record, cause->operation, cause->id, cause->verdict.result);
        else
            see(&record->items[record->causes[message] +
                               (size_t)(gp_map_find(&why->message->causes, cause->id) - why->message->causes.data)],
                cause->verdict.result);
    }
}

static void see_conditions(struct gp_coverage_record *record, const struct gp_eval *eval)
{
    const struct gp_map *conditions = &defs_of(record)->conditions;

    for (size_t i = 0; i < conditions->count; i++)
        record->items[record->conditions + i].seen |=
            gp_eval_seen(eval, ((const struct gp_named_cond *)conditions->data[i].value)->cond);
}

void gp_coverage_add(struct gp_coverage_record *record, const struct gp_test_decision *decision)
{
    const struct gp_map *operations = &defs_of(record)->operations;

    if (decision->subject == GP_TEST_CHECK) {
        see_verdict(record, &decision->verdict);
        record->checked[gp_map_find(operations, decision->verdict.operation->def.id) - operations->data] = true;
    }
    if (decision->subject == GP_TEST_WHY)
        see_why(record, &decision->why);
    if (decision->subject == GP_TEST_PLAN && decision->way.step_count && decision->way.steps[0].verdict)
        see_verdict(record, decision->way.steps[0].verdict);
    for (size_t i = 0; i < defs_of(record)->states.count; i++)
        see(&record->items[record->states + i], decision->state.proofs[i].result);
    see_conditions(record, decision->eval);
}

static size_t bits(unsigned set)
{
    return (size_t)__builtin_popcount(set);
}

int gp_coverage_take(struct gp_coverage_record *record, struct gp_arena *arena, struct gp_coverage *ret)
{
    const struct gp_map *operations = &defs_of(record)->operations;
    struct gp_coverage coverage = {.rules = record->rules, .amended = record->amended, .items = record->items,
                                   .item_count = record->count};

    coverage.unchecked = GP_NEW_ARRAY(arena, const struct gp_operation *, operations->count + 1);
    if (!coverage.unchecked)
        return -ENOMEM;
    for (size_t i = 0; i < operations->count; i++)
        if (!record->checked[i] && (!record->amended || is_amendment(record, operations->data[i].at)))
            coverage.unchecked[coverage.unchecked_count++] = operations->data[i].value;
    for (size_t i = 0; i < record->count; i++) {
        coverage.wanted += bits(record->items[i].wanted);
        coverage.seen += bits(record->items[i].wanted & record->items[i].seen);
    }
    *ret = coverage;
    return 0;
}
