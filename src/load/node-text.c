/*
 * Before libyaml sees a text: is it UTF-8 that every program breaks into the
 * same lines?  And after: which byte does a mark stand for?
 */
#include <errno.h>
#include <string.h>

#include "load/node-read.h"
#include "util/text.h"

enum trouble { NO_TROUBLE, NOT_UTF8, CONTROL, HIDDEN_BREAK, TROUBLES };

/* The first place of each kind, and how many there are. */
struct troubles {
    size_t first[TROUBLES], size[TROUBLES], count[TROUBLES];
    uint32_t code_point[TROUBLES];
};

struct gp_span gp_reader_span(const struct gp_reader *reader, size_t from, size_t to)
{
    return (struct gp_span){reader->source, (uint32_t)from, (uint32_t)(to > from ? to - from : 0)};
}

/* YAML 1.1's printable characters; besides, what breaks lines where no editor shows it. */
static enum trouble trouble_of(uint32_t code_point)
{
    if (code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029)
        return HIDDEN_BREAK;
    if (code_point < 0x20)
        return code_point == '\t' || code_point == '\n' || code_point == '\r' ? NO_TROUBLE : CONTROL;
    if (code_point >= 0x7f && code_point < 0xa0)
        return CONTROL;
    return code_point == 0xfeff || code_point == 0xfffe || code_point == 0xffff ? CONTROL : NO_TROUBLE;
}

/* The trouble with the character at `s`, and its size. */
static enum trouble look(const char *s, size_t len, size_t *ret_size, uint32_t *ret_code_point)
{
    *ret_size = gp_utf8_char(s, len, ret_code_point);
    if (!*ret_size) {
        *ret_size = 1;
        *ret_code_point = (unsigned char)*s;
        return NOT_UTF8;
    }
    if (*ret_code_point == '\r' && !(len > 1 && s[1] == '\n'))
        return HIDDEN_BREAK;
    return trouble_of(*ret_code_point);
}

static void note_trouble(struct troubles *all, enum trouble kind, size_t at, size_t size, uint32_t code_point)
{
    if (!all->count[kind]++) {
        all->first[kind] = at;
        all->size[kind] = size;
        all->code_point[kind] = code_point;
    }
}

/* So that lines stay lines and offsets stay offsets. */
static void mask(char *s, size_t size, uint32_t code_point)
{
    memset(s, '_', size);
    if (code_point == '\r')
        *s = '\n';
}

/* Whether a byte needs no closer look: ASCII that may stand anywhere. */
static bool plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The end of a run of bytes that need no closer look, eight at a time; a line end ends it too, and costs one look. */
static size_t skip_plain(const char *text, size_t at, size_t end)
{
    for (uint64_t word; end - at >= sizeof(word); at += sizeof(word)) {
        memcpy(&word, text + at, sizeof(word));
        uint64_t no_del = word ^ EACH(0x7f);
        uint64_t control = (word - EACH(0x20)) & ~word, del = (no_del - EACH(1)) & ~no_del;
        if ((word | control | del) & EACH(0x80))
            break;
    }
    while (at < end && plain((unsigned char)text[at]) && text[at] != '\n')
        at++;
    return at;
}

static int scan(struct gp_reader *reader, struct gp_arena *scratch, struct troubles *all)
{
    char *copy = NULL;

    for (size_t at = reader->start, size; at < reader->length; at += size) {
        size = 1;
        at = skip_plain(reader->text, at, reader->length);
        if (at == reader->length || plain((unsigned char)reader->text[at]))
            continue;
        uint32_t code_point;
        enum trouble kind = look(reader->text + at, reader->length - at, &size, &code_point);
        if ((unsigned char)reader->text[at] >= 0x80)
            reader->ascii = false;
        if (kind == NO_TROUBLE)
            continue;
        note_trouble(all, kind, at, size, code_point);
        if (!copy && !(copy = gp_arena_memdup(scratch, reader->text, reader->length)))
            return -ENOMEM;
        mask(copy + at, size, code_point);
    }
    if (copy)
        reader->text = copy;
    return 0;
}

static const char *break_name(uint32_t code_point)
{
    switch (code_point) {
    case '\r':
        return "a carriage return without a line feed";
    case 0x85:
        return "the character U+0085 (next line)";
    case 0x2028:
        return "the character U+2028 (line separator)";
    default:
        return "the character U+2029 (paragraph separator)";
    }
}

static void report(struct gp_reader *reader, const struct troubles *all, enum trouble kind)
{
    size_t first = all->first[kind], count = all->count[kind];
    struct gp_span span = gp_reader_span(reader, first, first + all->size[kind]);
    unsigned code_point = all->code_point[kind];
    struct gp_diag *diag = NULL;

    if (!count)
        return;
    if (kind == NOT_UTF8)
        diag = gp_diag_add(reader->diags, GP_DIAG_ENCODING, span, "the byte 0x%02x is not UTF-8", code_point);
    else if (kind == CONTROL)
        diag = gp_diag_add(reader->diags, GP_DIAG_CONTROL_CHARACTER, span,
                           "the control character U+%04X may not stand in a rule file", code_point);
    else
        diag = gp_diag_add(reader->diags, GP_DIAG_LINE_BREAK, span, "%s breaks the line where editors do not show it",
                           break_name(code_point));
    if (count > 1)
        gp_diag_note(reader->diags, diag, (struct gp_span){0}, "the file has %zu such %s", count,
                     kind == NOT_UTF8 ? "bytes" : "characters");
}

/* A byte order mark of UTF-16, or text in which every other byte is NUL. */
static bool is_utf16(const char *text, size_t length)
{
    return length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0 ||
                           (length >= 4 && !text[0] != !text[1] && !text[0] == !text[2] && !text[1] == !text[3]));
}

int gp_reader_open(struct gp_reader *reader, struct gp_diags *diags, uint32_t source, struct gp_arena *scratch)
{
    const struct gp_source *from = gp_sources_get(gp_diags_sources(diags), source);
    struct troubles all = {0};

    *reader = (struct gp_reader){
        .diags = diags, .source = source, .text = from->text, .length = from->length, .ascii = true};
    if (is_utf16(from->text, from->length)) {
        gp_diag_add(diags, GP_DIAG_ENCODING, gp_reader_span(reader, 0, 2), "the file is UTF-16; save it as UTF-8");
        return -EINVAL;
    }
    if (from->length >= 3 && memcmp(from->text, "\xef\xbb\xbf", 3) == 0)
        reader->start = 3;
    reader->cursor_offset = reader->start;
    if (scan(reader, scratch, &all) < 0)
        return -ENOMEM;
    for (enum trouble kind = NOT_UTF8; kind < TROUBLES; kind++)
        report(reader, &all, kind);
    return reader->text == from->text ? 0 : 1;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t gp_reader_offset(struct gp_reader *reader, const yaml_mark_t *mark)
{
    size_t offset = reader->cursor_offset, index = reader->cursor_index;

    if (reader->ascii) {
        offset = reader->start + mark->index;
        return offset < reader->length ? offset : reader->length;
    }
    for (; index < mark->index && offset < reader->length; index++)
        do {
            offset++;
        } while (offset < reader->length && continues(reader->text[offset]));
    for (; index > mark->index && offset > reader->start; index--)
        do {
            offset--;
        } while (offset > reader->start && continues(reader->text[offset]));
    reader->cursor_index = index;
    reader->cursor_offset = offset;
    return offset;
}

size_t gp_reader_word_end(const struct gp_reader *reader, size_t from)
{
    size_t at = from;

    for (size_t open = 0; at < reader->length; at++) {
        char c = reader->text[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            break;
        if (c == '{' || c == '[')
            open++;
        else if ((c == '}' || c == ']') && open)
            open--;
        else if (c == '}' || c == ']' || (c == ',' && !open))
            break;
    }
    return at;
}
