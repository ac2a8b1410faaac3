/* `engine: ">= 0.1, < 2"`: whether a rule set is for this engine. */
#include <string.h>

#include "load/loader.h"
#include "util/text.h"

#define PARTS 4       /* of a version: 1.2.3.4 */
#define PART_MAX 9999u

struct version {
    unsigned parts[PARTS];
};

static void skip_spaces(struct gp_str *text)
{
    while (text->len && text->data[0] == ' ') {
        text->data++;
        text->len--;
    }
}

static bool is_digit(const struct gp_str *text)
{
    return text->len && text->data[0] >= '0' && text->data[0] <= '9';
}

/* Takes "1.2.3" off the front of `text`. */
static bool take_version(struct gp_str *text, struct version *ret_version)
{
    struct version version = {0};

    for (size_t i = 0; i < PARTS; i++) {
        if (!is_digit(text))
            return false;
        for (; is_digit(text) && version.parts[i] <= PART_MAX; text->data++, text->len--)
            version.parts[i] = version.parts[i] * 10 + (unsigned)(text->data[0] - '0');
        if (!text->len || text->data[0] != '.')
            break;
        text->data++;
        text->len--;
    }
    *ret_version = version;
    return !text->len || !strchr(".0123456789", text->data[0]);
}

static int compare(const struct version *a, const struct version *b)
{
    for (size_t i = 0; i < PARTS; i++)
        if (a->parts[i] != b->parts[i])
            return a->parts[i] < b->parts[i] ? -1 : 1;
    return 0;
}

/* What an operator accepts of a comparison's results. */
static const struct {
    const char *text;
    bool less, equal, greater;
} operators[] = {
    {">=", false, true, true}, {"<=", true, true, false}, {">", false, false, true},
    {"<", true, false, false}, {"=", false, true, false},
};

enum verdict { MALFORMED, REFUSED, ACCEPTED };

/* Takes one condition off the front of `text`. */
static enum verdict take_condition(struct gp_str *text, const struct version *engine)
{
    struct version wanted;
    size_t i = 0;

    skip_spaces(text);
    while (i < GP_COUNT(operators) && (text->len < strlen(operators[i].text) ||
                                       memcmp(text->data, operators[i].text, strlen(operators[i].text)) != 0))
        i++;
    if (i == GP_COUNT(operators))
        return MALFORMED;
    text->data += strlen(operators[i].text);
    text->len -= strlen(operators[i].text);
    skip_spaces(text);
    if (!take_version(text, &wanted))
        return MALFORMED;
    skip_spaces(text);
    int order = compare(engine, &wanted);
    bool accepted = order < 0 ? operators[i].less : order > 0 ? operators[i].greater : operators[i].equal;
    return accepted ? ACCEPTED : REFUSED;
}

static enum verdict judge(struct gp_str text, const struct version *engine)
{
    enum verdict result = ACCEPTED;

    for (;;) {
        enum verdict one = take_condition(&text, engine);
        if (one == MALFORMED)
            return MALFORMED;
        if (one == REFUSED)
            result = REFUSED;
        if (!text.len)
            return result;
        if (text.data[0] != ',')
            return MALFORMED;
        text.data++;
        text.len--;
    }
}

bool gp_engine_accepts(struct gp_loader *loader, const struct gp_node *manifest)
{
    const struct gp_node *node = gp_node_get(manifest, "engine");
    const char *own = loader->options->engine_version;
    struct version engine;

    if (!node || node->kind != GP_NODE_SCALAR || gp_node_is_null(node) || node->broken)
        return true; /* the binder complains */
    struct gp_str rest = {own, own ? strlen(own) : 0};
    if (!own || !take_version(&rest, &engine))
        engine = (struct version){.parts = {PART_MAX}}; /* nobody asked: as if it were the newest */
    switch (judge(node->text, &engine)) {
    case ACCEPTED:
        return true;
    case REFUSED:
        if (!own)
            return true;
        gp_loader_error(loader, GP_DIAG_ENGINE_VERSION, node->at, "the rule set is for an engine %.*s; this one is %s",
                        GP_STR_ARG(node->text), own);
        return false;
    case MALFORMED:
        break;
    }
    gp_loader_error(loader, GP_DIAG_ENGINE_FORM, node->at,
                    "'%.*s' is no condition on a version; write \">= 0.1\" or \">= 0.1, < 2\"", GP_STR_ARG(node->text));
    return true;
}
