#include "author/mdoc.h"

#include <string.h>

#define WIDTH 78

/* ---- characters -------------------------------------------------------------------------------------------------- */

/* `line_start`: a dot or an apostrophe there would begin a macro. */
static void characters(struct gp_strbuf *out, const char *text, size_t len, bool line_start, bool *bold)
{
    if (line_start && len && (text[0] == '.' || text[0] == '\''))
        gp_strbuf_add(out, "\\&");
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\\') {
            gp_strbuf_add(out, "\\e");
        } else if (text[i] == '`' && bold) {
            *bold = !*bold;
            gp_strbuf_add(out, *bold ? "\\fB" : "\\fR");
        } else {
            gp_strbuf_add_char(out, text[i]);
        }
    }
}

/* An argument of a macro: quoted, so that no word of it is a macro or a delimiter. */
static void argument(struct gp_strbuf *out, const char *text)
{
    gp_strbuf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            gp_strbuf_add(out, "\\(dq");
        else
            characters(out, text, 1, false, NULL);
    }
    gp_strbuf_add_char(out, '"');
}

/* ---- prose ------------------------------------------------------------------------------------------------------- */

struct filler {
    struct gp_strbuf *out;
    size_t column;
    bool bold, sentence_ended;
};

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static void fill_word(struct filler *filler, const char *word, size_t len)
{
    bool next_line = filler->column + 1 + len > WIDTH || (filler->sentence_ended && is_capital(word[0]));

    if (filler->column) {
        gp_strbuf_add_char(filler->out, next_line ? '\n' : ' ');
        filler->column = next_line ? 0 : filler->column + 1;
    }
    characters(filler->out, word, len, filler->column == 0, &filler->bold);
    filler->column += len;
    filler->sentence_ended = word[len - 1] == '.';
}

static void fill(struct filler *filler, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, " \n");

        if (len)
            fill_word(filler, text, len);
        text += len + (text[len] != '\0');
    }
}

static void fill_end(struct filler *filler)
{
    if (filler->bold)
        gp_strbuf_add(filler->out, "\\fR");
    if (filler->column)
        gp_strbuf_add_char(filler->out, '\n');
}

void gp_mdoc_text(struct gp_strbuf *out, const char *text)
{
    struct filler filler = {.out = out};

    fill(&filler, text);
    fill_end(&filler);
}

/* Words of the language keep their small letter: `true: …`, `check, marker: …`. */
static bool begins_with_word(const char *help)
{
    size_t len = strcspn(help, " ");

    while (len && help[len - 1] == ',') {
        help += len + (help[len] == ' ');
        len = strcspn(help, " ");
    }
    return len && (help[len - 1] == ':' || strcspn(help, "_$`\"") < len);
}

void gp_mdoc_help(struct gp_strbuf *out, const char *help)
{
    struct gp_strbuf sentence = {0};
    size_t len = strlen(help);

    gp_strbuf_add(&sentence, help);
    if (len && gp_strbuf_ok(&sentence)) {
        if (help[0] >= 'a' && help[0] <= 'z' && !begins_with_word(help))
            sentence.data[0] = (char)(help[0] - 'a' + 'A');
        if (help[len - 1] != '.')
            gp_strbuf_add_char(&sentence, '.');
    }
    if (!gp_strbuf_ok(&sentence))
        out->failed = true;
    gp_mdoc_text(out, gp_strbuf_text(&sentence));
    gp_strbuf_done(&sentence);
}

void gp_mdoc_example(struct gp_strbuf *out, const char *line)
{
    gp_strbuf_add(out, ".Bd -literal -offset indent -compact\n");
    characters(out, line, strlen(line), true, NULL);
    gp_strbuf_add(out, "\n.Ed\n");
}

/* ---- macros ------------------------------------------------------------------------------------------------------ */

void gp_mdoc_section(struct gp_strbuf *out, const char *title)
{
    char first = title[0] >= 'a' && title[0] <= 'z' ? (char)(title[0] - 'a' + 'A') : title[0];

    gp_strbuf_printf(out, ".Ss %c%s\n", first, title + 1);
}

void gp_mdoc_list(struct gp_strbuf *out, bool compact)
{
    gp_strbuf_add(out, compact ? ".Bl -tag -width Ds -compact\n" : ".Bl -tag -width Ds\n");
}

void gp_mdoc_list_end(struct gp_strbuf *out)
{
    gp_strbuf_add(out, ".El\n");
}

void gp_mdoc_item(struct gp_strbuf *out, const char *word, const char *about)
{
    gp_strbuf_printf(out, ".It Cm %s", word);
    if (about && *about) {
        gp_strbuf_add(out, " Pq Em ");
        argument(out, about);
    }
    gp_strbuf_add_char(out, '\n');
}

void gp_mdoc_table(struct gp_strbuf *out, const char *const *widths, size_t columns)
{
    gp_strbuf_add(out, ".Bl -column");
    for (size_t i = 0; i < columns; i++) {
        gp_strbuf_add_char(out, ' ');
        argument(out, widths[i]);
    }
    gp_strbuf_add_char(out, '\n');
}

void gp_mdoc_row(struct gp_strbuf *out, const char *const *cells, size_t columns)
{
    gp_strbuf_add(out, ".It ");
    for (size_t i = 0; i < columns; i++) {
        if (i)
            gp_strbuf_add(out, " Ta ");
        argument(out, cells[i]);
    }
    gp_strbuf_add_char(out, '\n');
}

void gp_mdoc_table_end(struct gp_strbuf *out)
{
    gp_strbuf_add(out, ".El\n");
}
