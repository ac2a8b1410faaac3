/* `check` as people read it, whole: rule sets from text, trees in memory. */
#include "report-helper.h"

static const char mark_set[] =
    "names: exact\n"
    "states:\n"
    "  old: { title: Old, file: old, basis: inferred }\n"
    "  new: { title: New, absent: old, basis: stated }\n"
    "attestations:\n"
    "  gone: { title: Everybody is gone, within: 4 h, ask: Gone? }\n"
    "messages:\n"
    "  broken: { text: The store is broken. }\n"
    "operations:\n"
    "  mend:\n"
    "    title: Mend it\n"
    "  look: { title: Look at it }\n"
    "  use:\n"
    "    params: { media: { type: directory } }\n"
    "    requires:\n"
    "      big:\n"
    "        title: It is big enough\n"
    "        that: { file: store, size: { min: 10 } }\n"
    "        source: [Q1, Q2]\n"
    "        basis: stated\n"
    "        otherwise:\n"
    "          message: broken\n"
    "          cause: The store in ${root} is too small.\n"
    "          remedy: { operation: mend, text: 'Then look at it.' }\n"
    "      sound:\n"
    "        that: { absent: bad }\n"
    "        otherwise:\n"
    "          message: broken\n"
    "          cause: It is bad.\n"
    "          remedy: { operation: look, text: Look. }\n"
    "      gone: { title: Nobody works, severity: need, that: { attested: gone } }\n"
    "      disk: { severity: need, that: { file: disk, under: media } }\n"
    "      tidy:\n"
    "        severity: warn\n"
    "        that: { absent: litter }\n"
    "        otherwise: { cause: There is litter., remedy: { text: Sweep. } }\n"
    "      kept: { when: { file: keep }, that: { absent: lost } }\n"
    "      held: { when: { file: keep }, that: { absent: lost } }\n"
    "      later: { that: { absent: store }, waived: it is an old one, until: 2027-01-31 }\n";

/* Gives an operation something to do; what that is does not matter here. */
static void let_act(struct view *view, const char *id)
{
    static struct gp_step *step;
    struct gp_operation *operation = (struct gp_operation *)world_operation(&view->world, id);

    operation->action = (struct gp_steps){.data = &step, .count = 1};
}

static void denied(void)
{
    struct view view;

    view_rules(&view, mark_set);
    let_act(&view, "mend");
    gp_memtree_zeros(view.world.tree, "store", 3);
    gp_memtree_zeros(view.world.tree, "bad", 0);
    gp_memtree_zeros(view.world.tree, "litter", 1);
    is_str(check_text(&view, "use"),
           "/srv/tree: use denied (state: new, stated)\n"
           "\n"
           "  The store is broken.\n"
           "\n"
           "  ✗ big   The store in (memory) is too small.\n"
           "      store   expected at least 10 bytes, found 3 bytes\n"
           "      test:16:7 · Q1, Q2\n"
           "  → gatepost run mend /srv/tree\n"
           "    Then look at it.\n"
           "\n"
           "  ✗ sound   It is bad.\n"
           "      bad   is there (0 bytes)\n"
           "      test:25:7\n"
           "  → gatepost check look /srv/tree\n"
           "    Look.\n"
           "\n"
           "  ! tidy   There is litter.\n"
           "      litter   is there (1 byte)\n"
           "      test:33:7\n"
           "  → Sweep.\n"
           "\n"
           "  ? gone, disk (needed before run)   – kept, held (n/a: its guard (when) does not hold)\n"
           "  – later (waived until 2027-01-31: it is an old one)\n",
           "denied: the message once, causes with evidence and remedy, warnings, the rest");
    view.style.quiet = true;
    is_str(check_text(&view, "use"), "/srv/tree: use denied (state: new, stated)\n", "quiet: a line");
    view.style = (struct gp_style){.quiet = true, .colour = true};
    is_str(check_text(&view, "use"), "\033[1m/srv/tree: use denied (state: new, stated)\033[0m\n", "in colour: bold");
    view.style = (struct gp_style){0};
    const char *text = check_text(&view, "use");
    ok(strstr(text, "\n  x big   ") && strstr(text, "\n  -> gatepost run mend /srv/tree\n") &&
           strstr(text, "- kept, held"),
       "ASCII marks");
    size_t beyond = 0;
    for (size_t i = 0; text[i]; i++)
        beyond += (unsigned char)text[i] >= 0x80;
    is_int((intmax_t)beyond, 0, "and nothing but ASCII");
    view.style = (struct gp_style){.unicode = true, .colour = true};
    text = check_text(&view, "use");
    ok(strstr(text, "\n  \033[31m✗\033[0m big") && strstr(text, "\n  \033[33m!\033[0m tidy"), "red and yellow");
    view.style = (struct gp_style){.unicode = true, .verbose = true};
    text = check_text(&view, "use");
    ok(strstr(text, "test:16:7 · stated · Q1, Q2\n"), "verbose: the basis");
    ok(strstr(text, "  → gatepost attest gone /srv/tree --reason …\n"), "verbose: needs of what is denied");
    view_end(&view);
}

static void allowed(void)
{
    struct view view;

    view_rules(&view, mark_set);
    gp_memtree_zeros(view.world.tree, "store", 10);
    gp_memtree_zeros(view.world.tree, "old", 10);
    is_str(check_text(&view, "use"),
           "/srv/tree: use allowed; needs gone, disk (state: old, inferred)\n"
           "\n"
           "  ? gone   Nobody works\n"
           "      attestation gone   nobody has attested it   (Everybody is gone)\n"
           "      test:31:7\n"
           "  → gatepost attest gone /srv/tree --reason …\n"
           "\n"
           "  ? disk\n"
           "      media   the parameter media was not given\n"
           "      test:32:7\n"
           "  → --set media=…\n"
           "\n"
           "  ✓ big   ✓ sound   ✓ tidy   – kept, held (n/a: its guard (when) does not hold)\n"
           "  – later (waived until 2027-01-31: it is an old one)\n",
           "allowed: the needs, and what would meet them");
    world_assume(&view.world, "gone", "asked");
    struct gp_memtree *disk = gp_memtree_new();
    gp_memtree_zeros(disk, "disk", 1);
    gp_memtree_under(view.world.tree, "/disk", disk);
    world_give(&view.world, "media", "/disk");
    is_str(check_text(&view, "use"),
           "/srv/tree: use allowed (state: old, inferred)\n"
           "\n"
           "  ✓ big   ✓ sound   ✓ gone   ✓ disk   ✓ tidy   – kept, held (n/a: its guard (when) does not hold)\n"
           "  – later (waived until 2027-01-31: it is an old one)\n",
           "allowed, with every need met");
    view_end(&view);
    gp_memtree_free(disk);
}

static void undetermined(void)
{
    struct view view;

    view_rules(&view, mark_set);
    view.subject.rules_option = "-r 'my rules' ";
    view.subject.directory = "my tree";
    gp_memtree_zeros(view.world.tree, "store", 10);
    gp_memtree_fail(view.world.tree, "store", EACCES);
    gp_memtree_link(view.world.tree, "old");
    gp_memtree_link(view.world.tree, "keep");
    gp_memtree_zeros(view.world.tree, "lost", 1);
    gp_memtree_link(view.world.tree, "litter");
    is_str(check_text(&view, "use"),
           "my tree: use undetermined (state: undetermined: old, new)\n"
           "\n"
           "  ? big   It is big enough\n"
           "      store   cannot be told: permission was denied\n"
           "      test:16:7 · Q1, Q2\n"
           "  → look again as somebody who may read it\n"
           "\n"
           "  ? gone   Nobody works\n"
           "      attestation gone   nobody has attested it   (Everybody is gone)\n"
           "      test:31:7\n"
           "  → gatepost attest -r 'my rules' gone 'my tree' --reason …\n"
           "\n"
           "  ? disk\n"
           "      media   the parameter media was not given\n"
           "      test:32:7\n"
           "  → --set media=…\n"
           "\n"
           "  ? kept\n"
           "      keep   cannot be told: it is a symbolic link, and links are never followed\n"
           "      test:37:7\n"
           "  → put what the link leads to in its place\n"
           "\n"
           "  ? held\n"
           "      keep   cannot be told: it is a symbolic link, and links are never followed\n"
           "      test:38:7\n"
           "  → put what the link leads to in its place\n"
           "\n"
           "  ! tidy   perhaps: There is litter.\n"
           "      litter   cannot be told: it is a symbolic link, and links are never followed\n"
           "      test:33:7\n"
           "  → put what the link leads to in its place\n"
           "\n"
           "  ✓ sound\n"
           "  – later (waived until 2027-01-31: it is an old one)\n",
           "undetermined: what was looked at, why it could not be told, what would decide");
    view_end(&view);
}

/* An unknown warning beside a denial is a line; a message that a warning names too stands once. */
static void order(void)
{
    static const char *const yaml =
        "messages: { m: { text: Broken. } }\n"
        "operations:\n"
        "  use:\n"
        "    requires:\n"
        "      warn: { severity: warn, that: { file: a }, otherwise: { message: m, cause: C. } }\n"
        "      open: { severity: warn, that: { unknown: Ask somebody. } }\n"
        "      stop: { that: { file: b }, otherwise: { message: m, cause: C. } }\n"
        "      fine: { that: { absent: b } }\n";
    struct view view;

    view_rules(&view, yaml);
    is_str(check_text(&view, "use"),
           "/srv/tree: use denied\n"
           "\n"
           "  Broken.\n"
           "\n"
           "  ✗ stop   C.\n"
           "      b   is not there\n"
           "      test:7:7\n"
           "\n"
           "  ! warn   C.\n"
           "      a   is not there\n"
           "      test:5:7\n"
           "\n"
           "  ! open\n"
           "\n"
           "  ✓ fine\n",
           "denials before warnings, the message before the first of them; no state without states");
    gp_memtree_zeros(view.world.tree, "b", 1);
    is_str(check_text(&view, "use"),
           "/srv/tree: use denied\n"
           "\n"
           "  ✗ fine\n"
           "      b   is there (1 byte)\n"
           "      test:8:7\n"
           "\n"
           "  Broken.\n"
           "\n"
           "  ! warn   C.\n"
           "      a   is not there\n"
           "      test:5:7\n"
           "\n"
           "  ! open\n"
           "\n"
           "  ✓ stop\n",
           "the message of a warning alone stands before it");
    view_end(&view);
}

static void offenders(void)
{
    struct view view;
    char name[16];

    view_rules(&view, "operations:\n"
                      "  tidy: { audit: true, requires: { small: { that: { each: '*.X', size: { max: 1 } } } } }\n");
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof(name), "%02d.X", i);
        gp_memtree_zeros(view.world.tree, name, 2);
    }
    const char *text = check_text(&view, "tidy");
    ok(strstr(text, "  ✗ small\n"
                    "      12 of them; the first 10:\n"
                    "      00.X   expected at most 1 byte, found 2 bytes\n"),
       "how many files break a rule");
    ok(strstr(text, "      09.X   ") && !strstr(text, "10.X"), "and the first ten of them");
    view_end(&view);
}

/* Names out of a tree, a rule file and a command line are no commands to a terminal. */
static void hostile(void)
{
    struct view view;

    view_rules(&view,
               "operations:\n  use:\n    requires:\n"
               "      a: { that: { absent: '*', title: \"T\\e[2J\" }, otherwise: { cause: \"C\\e[2J\\nD\" } }\n");
    view.subject.directory = "/srv/\033[2J\n";
    gp_memtree_zeros(view.world.tree, "\033[2J\n", 2);
    is_str(check_text(&view, "use"),
           "/srv/\\x1b[2J\\x0a: use denied\n"
           "\n"
           "  ✗ a   C\\x1b[2J\n"
           "      D\n"
           "      \\x1b[2J\\x0a   is there (2 bytes)   (T\\x1b[2J)\n"
           "      test:4:7\n",
           "everything foreign is escaped");
    view_end(&view);
}

static void many(void)
{
    struct view view;
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "operations:\n  use:\n    requires:\n");
    for (int i = 0; i < 10; i++)
        gp_strbuf_printf(&yaml, "      requirement-%d: { that: { absent: a } }\n", i);
    for (int i = 0; i < 4; i++)
        gp_strbuf_printf(&yaml, "      guarded-%d: { when: { file: a }, that: { absent: a } }\n", i);
    view_rules(&view, gp_strbuf_text(&yaml));
    is_str(check_text(&view, "use"),
           "/srv/tree: use allowed\n"
           "\n"
           "  ✓ requirement-0   ✓ requirement-1   ✓ requirement-2   ✓ requirement-3   ✓ requirement-4\n"
           "  ✓ requirement-5   ✓ requirement-6   ✓ requirement-7   ✓ requirement-8   ✓ requirement-9\n"
           "  – guarded-0, guarded-1, guarded-2, guarded-3 (n/a: its guard (when) does not hold)\n",
           "many are told in lines of a hundred columns");
    view_end(&view);
    gp_strbuf_done(&yaml);
}

static void trouble(void)
{
    const struct gp_trouble missing = {.status = 4, .code = "directory-missing", .text = "there is no such directory"};
    struct gp_subject subject = {.directory = "a\033", .operation_name = "use"};
    struct gp_strbuf out = {0};

    gp_text_trouble(&out, &plain, &subject, &missing);
    is_str(gp_strbuf_text(&out), "a\\x1b: use not decided: there is no such directory\n", "trouble with a directory");
    gp_strbuf_reset(&out);
    subject.operation_name = NULL;
    gp_text_trouble(&out, &plain, &subject, &missing);
    is_str(gp_strbuf_text(&out), "a\\x1b: there is no such directory\n", "without an operation");
    gp_strbuf_done(&out);
}

int main(void)
{
    denied();
    allowed();
    undetermined();
    order();
    offenders();
    hostile();
    many();
    trouble();
    return done_testing();
}
