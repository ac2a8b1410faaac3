/* Words of commands that a report shows: what a shell makes of them is the word. */
#include <string.h>

#include "report/quote.h"
#include "tap.h"

static const struct {
    const char *name;
    struct gp_str word;
    const char *quoted, *ascii; /* ascii NULL: the same */
} words[] = {
    {"a plain word", {"extend", 6}, "extend", NULL},
    {"a path", {"/srv/wg_po-1.2/A:B@c+d,e%f=g", 28}, "/srv/wg_po-1.2/A:B@c+d,e%f=g", NULL},
    {"nothing", {"", 0}, "''", NULL},
    {"a blank", {"my mail", 7}, "'my mail'", NULL},
    {"a home directory that is none", {"~/x", 3}, "'~/x'", NULL},
    {"a variable", {"$HOME", 5}, "'$HOME'", NULL},
    {"a command", {"`id`;", 5}, "'`id`;'", NULL},
    {"a glob", {"*?[a]", 5}, "'*?[a]'", NULL},
    {"a single quote", {"it's", 4}, "'it'\\''s'", NULL},
    {"double quotes and a backslash", {"\"\\", 2}, "'\"\\'", NULL},
    {"a letter beyond ASCII", {"M\xc3\xbcller", 7}, "'M\xc3\xbcller'", "$'M\\303\\274ller'"},
    {"a newline", {"a\nb", 3}, "$'a\\012b'", NULL},
    {"an escape sequence", {"\033[31m", 5}, "$'\\033[31m'", NULL},
    {"a byte that is no UTF-8", {"a\xff", 2}, "$'a\\377'", NULL},
    {"a NUL", {"a\0b", 3}, "$'a\\000b'", NULL},
    {"a character that turns the line around", {"a\xe2\x80\xae", 4}, "$'a\\342\\200\\256'", NULL},
    {"an escape beside quotes", {"\t'\\", 3}, "$'\\011\\'\\\\'", NULL},
};

int main(void)
{
    static const struct {
        const char *path, *quoted;
    } paths[] = {{"-rf", "./-rf"}, {"- x", "./'- x'"}, {"a-b", "a-b"}, {"--", "./--"}, {"-\n", "./$'-\\012'"}};
    struct gp_strbuf out = {0};

    for (size_t i = 0; i < GP_COUNT(words); i++) {
        gp_strbuf_reset(&out);
        gp_quote_word(&out, words[i].word, false);
        is_str(gp_strbuf_text(&out), words[i].quoted, "%s", words[i].name);
        gp_strbuf_reset(&out);
        gp_quote_word(&out, words[i].word, true);
        is_str(gp_strbuf_text(&out), words[i].ascii ? words[i].ascii : words[i].quoted, "%s, in ASCII", words[i].name);
    }
    for (size_t i = 0; i < GP_COUNT(paths); i++) {
        gp_strbuf_reset(&out);
        gp_quote_path(&out, (struct gp_str){paths[i].path, strlen(paths[i].path)}, false);
        is_str(gp_strbuf_text(&out), paths[i].quoted, "a directory called %s",
               i == 4 ? "- and a newline" : paths[i].path);
    }
    gp_strbuf_done(&out);
    return done_testing();
}
