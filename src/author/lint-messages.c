/* Messages that `why` cannot tell from each other, or that it can never find. */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"
#include "util/text.h"

/* Who has a folded text already. */
struct holder {
    const struct gp_message *message;
    struct gp_span at;
};

/* The place of the text: the value of `text`, or one of `also`. */
static struct gp_span place_of(const struct gp_lint *lint, const struct gp_message *message, size_t number)
{
    const struct gp_node *node = gp_lint_node(lint, message->def.at);
    const struct gp_node *value = gp_node_get(node, number ? "also" : "text");

    if (value && value->kind == GP_NODE_LIST)
        value = number <= value->count ? value->items[number - 1] : NULL;
    return value ? value->at : message->def.at;
}

static void say_alike(struct gp_lint *lint, const struct gp_message *message, struct gp_span at,
                      const struct holder *first)
{
    if (first->message == message)
        return; /* another spelling of the same message */
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_MESSAGES_ALIKE, at,
                                       "messages '%.*s' and '%.*s' have the same letters and digits",
                                       GP_STR_ARG(first->message->def.id), GP_STR_ARG(message->def.id));
    gp_diag_note(lint->diags, diag, first->at, "the other one is here");
}

static bool has_letters(struct gp_str folded)
{
    for (size_t i = 0; i < folded.len; i++)
        if (folded.data[i] != '\1') /* a gap */
            return true;
    return false;
}

static int check_text(struct gp_lint *lint, struct gp_strmap *texts, const struct gp_message *message, size_t number,
                      struct gp_str text)
{
    struct gp_span at = place_of(lint, message, number);
    struct gp_strbuf folded = {0};

    gp_text_fold(&folded, text, true);
    const char *copy =
        gp_strbuf_ok(&folded) ? gp_arena_memdup(lint->arena, gp_strbuf_text(&folded), folded.len) : NULL;
    struct gp_str key = {copy, folded.len};
    gp_strbuf_done(&folded);
    if (!copy)
        return -ENOMEM;
    if (!has_letters(key)) {
        gp_diag_add(lint->diags, GP_DIAG_MESSAGE_BLANK, at,
                    "this text of message '%.*s' has neither letters nor digits, so nobody's text is like it",
                    GP_STR_ARG(message->def.id));
        return 0;
    }
    const struct holder *first = gp_strmap_get(texts, key);
    if (first) {
        say_alike(lint, message, at, first);
        return 0;
    }
    struct holder *holder = GP_NEW(lint->arena, struct holder);
    if (!holder)
        return -ENOMEM;
    *holder = (struct holder){message, at};
    return gp_strmap_put(lint->arena, texts, key, holder);
}

int gp_lint_messages(struct gp_lint *lint)
{
    const struct gp_map *messages = &lint->rules->defs.messages;
    struct gp_strmap texts = {0};
    int r = 0;

    for (size_t i = 0; i < messages->count && r == 0; i++) {
        const struct gp_message *message = messages->data[i].value;
        if (message->def.wrong)
            continue;
        r = check_text(lint, &texts, message, 0, message->text);
        for (size_t n = 0; n < message->also.count && r == 0; n++)
            r = check_text(lint, &texts, message, n + 1, message->also.data[n]);
    }
    return r;
}
