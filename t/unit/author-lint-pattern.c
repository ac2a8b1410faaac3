/* What lint finds in regular expressions: repetitions inside repetitions, and patterns that refuse nothing. */
#include "author-lint-helper.h"

#define NESTED \
    "t:1:%u: warning: this repeats a repetition, so a text that does not match can take for ever [GP0694]\n"
#define EVERY "t:1:71: warning: every text matches this pattern [GP0695]\n"

/* Where the pattern stands in the file. */
#define PREFIX "operations: { o: { requires: { r: { that: { file: A, name: { matches: '"
#define SUFFIX "' } } } } } }\n"

static const struct {
    const char *pattern;
    unsigned outer; /* place of the outer quantifier, from 1; 0: no nested one */
    bool every;
} cases[] = {
    {"(a+)+", 5, false},
    {"(a*)*b", 5, false},
    {"([a-z]+ ?)+$", 11, false},
    {"((ab)+)*c", 8, false},
    {"(a|b+)+x", 7, false},
    {"(?:a+){2,}", 7, false},
    {"(a{2,})+", 8, false},
    {"(a{1,30})+", 10, false},
    {"(a+a)+", 6, false},
    {"(?i)(a+A)+", 10, false},
    {"(\\d+\\w)*z", 8, false},
    {"(x|(y|z+)*)+", 10, true},
    {"([^,]+,?)*", 10, true},
    {"(\\w+\\s?)*", 9, true},
    {"(?<n>a+)*b", 9, false},
    {"((?=x)a+)*b", 10, false},
    {"(a+?)+b", 6, false},
    /* Near to these, and right. */
    {"(.*\\n)*", 0, true},
    {"(a+){3}", 0, false},
    {"(\\.[0-9]+)*", 0, true},
    {"([0-9]+,)+", 0, false},
    {"(\\w+\\s+)+", 0, false},
    {"(aaaaaaaaaaaa-a+)+", 0, false},
    {"(a++)+", 0, false},
    {"(?>a+)+", 0, false},
    {"(a+)++", 0, false},
    {"(a+b)+", 0, false},
    {"(?=a+)+b", 0, false},
    {"([a+])+", 0, false},
    {"([]a+)+])+", 0, false},
    {"(\\(a+\\))+", 0, false},
    {"(a\\+)+", 0, false},
    {"\\Q(a+)+\\E", 0, false},
    {"(?#(a+)b+", 0, false},
    {"(a{1,3})+", 0, false},
    {"(a{,x})+", 0, false},
    {"(ab?)+", 0, false},
    {"(a+)?b", 0, false},
    {"(a+)\\1+", 0, false},
    {"a+b+c+", 0, false},
    {"(?x)( \\. a+ )+", 0, false},
    /* Patterns that refuse nothing, and that only look so. */
    {".*", 0, true},
    {"x?|y", 0, true},
    {"y|x?", 0, true},
    {"(?:ab)*", 0, true},
    {"(^a)?", 0, true},
    {"a*?", 0, true},
    {"^", 0, false},
    {"^a*", 0, false},
    {"a*$", 0, false},
    {"\\ba*", 0, false},
    {"(?=a)", 0, false},
    {"(a)?\\1", 0, false},
    {".+", 0, false},
    {"a?b", 0, false},
};

static void check_case(size_t i)
{
    char yaml[256], lines[512], nested[256];

    snprintf(yaml, sizeof(yaml), PREFIX "%s" SUFFIX, cases[i].pattern);
    snprintf(nested, sizeof(nested), NESTED, (unsigned)sizeof(PREFIX) - 1 + cases[i].outer);
    snprintf(lines, sizeof(lines), "%s%s", cases[i].every ? EVERY : "", cases[i].outer ? nested : "");
    struct sink sink = lint_text(yaml, false, NULL);
    is_str(sink_text(&sink), lines, "%s", cases[i].pattern);
    sink_free(&sink);
}

/* What is read may well be everything; and a pattern with escapes is shown as a whole. */
static const struct lint_case others[] = {
    {"a read", "markers: { m: { read: { text: A, match: \".*\" } } }\n",
     "t:1:12: note: marker 'm' is used nowhere [GP0602]\n"},
    {"a read that repeats a repetition", "markers: { m: { read: { text: A, match: \"(\\\\d+)+\" } } }\n",
     "t:1:12: note: marker 'm' is used nowhere [GP0602]\n"
     "t:1:41: warning: this repeats a repetition, so a text that does not match can take for ever [GP0694]\n"},
};

static void check_whole(void)
{
    struct sink sink = lint_text(PREFIX "(a+)+" SUFFIX, false, NULL);

    is_str(sink_whole(&sink, 0),
           "t:1:76: warning: this repeats a repetition, so a text that does not match can take for ever [GP0694]\n"
           "  1 | " PREFIX "(a+)+" SUFFIX
           "    |                                                                            ^\n"
           "  note: t:1:74: the inner one is here\n"
           "  1 | " PREFIX "(a+)+" SUFFIX
           "    |                                                                          ^\n",
           "carets stand under both quantifiers");
    sink_free(&sink);
}

int main(void)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        check_case(i);
    lint_cases(others, GP_COUNT(others));
    check_whole();
    return done_testing();
}
