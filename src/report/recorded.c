/*
 * `record`: one line, or
 *
 *   schema, gatepost, ruleset, directory, error: null, recorded: {file, operations, facts}
 */
#include "report/json-parts.h"
#include "report/page.h"

void gp_text_recorded(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                      const struct gp_recording *recording)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    gp_page_directory(&page);
    for (size_t i = 0; i < recording->operation_count; i++) {
        gp_strbuf_add(out, i ? ", " : "");
        gp_page_text(&page, recording->operations[i]);
    }
    gp_strbuf_printf(out, " recorded: %zu %s in ", recording->facts, recording->facts == 1 ? "fact" : "facts");
    gp_page_text(&page, recording->file);
    gp_strbuf_add_char(out, '\n');
}

json_t *gp_json_recorded(const struct gp_subject *subject, const struct gp_recording *recording)
{
    struct gp_jot object = gp_json_head(subject), recorded = gp_jot_object(), operations = gp_jot_array();

    gp_jot_set(&object, "error", json_null());
    for (size_t i = 0; i < recording->operation_count; i++)
        gp_jot_push(&operations, gp_json_string0(recording->operations[i]));
    gp_jot_text(&recorded, "file", recording->file);
    gp_jot_set(&recorded, "operations", gp_jot_done(&operations));
    gp_jot_set(&recorded, "facts", json_integer((json_int_t)recording->facts));
    gp_jot_set(&object, "recorded", gp_jot_done(&recorded));
    return gp_jot_done(&object);
}
