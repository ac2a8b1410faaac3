/*
 * What each step does to a tree, what a dry run says of it, and what it refuses.
 */
#include <sys/xattr.h>

#include "act-helper.h"
#include "util/text.h"

static const char head[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n";
static const char params[] =
    "vars:\n"
    "  offset: { type: integer, default: 3 }\n"
    "  nothing: { type: integer }\n"
    "operations:\n"
    "  act:\n"
    "    title: Something\n"
    "    params:\n"
    "      label: { type: string, default: N }\n"
    "      own: { type: string, default: GatePost }\n"
    "      other: { type: directory, default: /nonexistent/dir }\n"
    "      slash: { type: string, default: a/b }\n"
    "    requires:\n"
    "      root: { that: { dir: . }, otherwise: { cause: No root. } }\n"
    "    action:\n";

static const char *const tree[] = {
    "A=aaaa", "B=bbbb", "D/", "D/X=xx", "D/Y=yy", "D/E/", "D/E/Z=zz", "ro=ro", "LINK->A", "PIPE|", "case=c", "CASE=C",
    NULL,
};
#define TREE "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST
#define REST "LINK 777\nPIPE 644\ncase 644=c\nro 644=ro\n"

/* A step (lines of YAML that begin with "-"), what comes of it, and either the tree afterwards or the problem. */
static const struct {
    const char *steps;
    const char *names; /* dos or exact */
    enum gp_run_status status;
    const char *want;
} cases[] = {
    /* mkdir */
    {"- { mkdir: M }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\nLINK 777\nM/ 700\n"
     "PIPE 644\ncase 644=c\nro 644=ro\n"},
    {"- { mkdir: [D/M, D/M/N] }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/M/ 755\nD/M/N/ 755\n"
     "D/X 644=xx\nD/Y 644=yy\n"
     REST},
    {"- { mkdir: D }", "exact", GP_RUN_DONE, TREE},
    {"- { mkdir: d }", "dos", GP_RUN_DONE, TREE},
    {"- { mkdir: A }", "exact", GP_RUN_FAILED, "step 1 (mkdir): A is a file, so no directory can be made there"},
    {"- { mkdir: M/N }", "exact", GP_RUN_FAILED, "step 1 (mkdir): M is not there"},
    {"- { mkdir: A/N }", "exact", GP_RUN_FAILED, "step 1 (mkdir): A is a file, no directory"},
    {"- { mkdir: LINK/N }", "exact", GP_RUN_FAILED,
     "step 1 (mkdir): LINK: it is a symbolic link, and links are never followed"},
    /* write */
    {"- { write: D/X, text: \"${label}!\" }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=N!\nD/Y 644=yy\n" REST},
    {"- { write: [D/X, D/W], bytes: \"hex:4100ff\" }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/W 644=A\\00\\ff\nD/X 644=A\\00\\ff\n"
     "D/Y 644=yy\n" REST},
    {"- { write: D/X, zeros: 2 }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=\\00\\00\nD/Y 644=yy\n" REST},
    {"- { write: d/x, zeros: 0 }", "dos", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=\nD/Y 644=yy\n" REST},
    {"- { write: D/X, text: xx }", "exact", GP_RUN_DONE, TREE}, /* nothing to do */
    {"- { write: D, text: xx }", "exact", GP_RUN_FAILED, "step 1 (write): D is a directory"},
    {"- { write: LINK, text: xx }", "exact", GP_RUN_FAILED,
     "step 1 (write): LINK: it is a symbolic link, and links are never followed"},
    {"- { write: PIPE, text: xx }", "exact", GP_RUN_FAILED, "step 1 (write): PIPE is neither a file nor a directory"},
    {"- { write: Case, text: xx }", "dos", GP_RUN_FAILED,
     "step 1 (write): Case: two entries differ only in upper and lower case"},
    {"- { write: case, text: xx }", "dos", GP_RUN_FAILED,
     "step 1 (write): case: two entries differ only in upper and lower case"},
    {"- { write: \"${slash}\", text: x }", "exact", GP_RUN_USAGE,
     "step 1 (write): ${slash}: slash has a '/', so it is not one name"},
    {"- { write: D/X, from: F }", "exact", GP_RUN_FAILED,
     "step 1 (write): this rule set has no files/ directory, as it is in no directory"},
    {"- { write: D/X, from: F, under: other }", "exact", GP_RUN_FAILED,
     "step 1 (write): /nonexistent/dir: No such file or directory"},
    {"- { write: \"${label}\", text: x }\n      - { remove: \"[ABN]\" }\n      - { remove: [D, CASE, case, ro] }",
     "exact", GP_RUN_DONE, "LINK 777\nPIPE 644\n"},
    {"- { write: \"${own}\", text: x }", "exact", GP_RUN_FAILED,
     "step 1 (write): GatePost is the engine's own and cannot be changed"},
    /* patch */
    {"- { patch: A, at: 1, u8: 0x58 }", "exact", GP_RUN_DONE,
     "A 644=aXaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { patch: A, at: -2, u16le: 0x4142 }", "exact", GP_RUN_DONE,
     "A 644=aaBA\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { patch: A, at: 0, u16be: 0x4142 }\n      - { patch: A, at: { var: offset }, bytes: \"text:!\" }", "exact",
     GP_RUN_DONE,
     "A 644=ABa!\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { patch: A, at: 0, u32le: 0x41424344 }\n      - { patch: B, at: 0, u32be: 0x41424344 }", "exact", GP_RUN_DONE,
     "A 644=DCBA\nB 644=ABCD\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { write: N, zeros: 3 }\n      - { patch: N, at: 1, string: \"${label}\" }\n      - { move: N, to: D/X }",
     "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=\\00N\\00\nD/Y 644=yy\n" REST},
    {"- { patch: A, at: 3, u16le: 1 }", "exact", GP_RUN_FAILED,
     "step 1 (patch): A has 4 bytes, so 2 at 3 are not inside it"},
    {"- { patch: A, at: -5, u8: 1 }", "exact", GP_RUN_FAILED,
     "step 1 (patch): A has 4 bytes, so 1 at -5 is not inside it"},
    {"- { patch: A, at: 0, u8: { var: nothing } }", "exact", GP_RUN_USAGE,
     "step 1 (patch): u8: the variable nothing is not set"},
    {"- { patch: NONE, at: 0, u8: 1 }", "exact", GP_RUN_FAILED, "step 1 (patch): NONE is not there"},
    {"- { patch: NONE, at: 0, u8: 1, missing: ok }", "exact", GP_RUN_DONE, TREE},
    {"- { patch: D, at: 0, u8: 1 }", "exact", GP_RUN_FAILED, "step 1 (patch): D is a directory"},
    /* copy and move */
    {"- { copy: A, to: D/A }\n      - { patch: A, at: 0, u8: 0x42 }", "exact", GP_RUN_DONE,
     "A 644=Baaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/A 644=aaaa\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { copy: D, to: C }\n      - { remove: D/X }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nC/ 755\nC/E/ 755\nC/E/Z 644=zz\nC/X 644=xx\nC/Y 644=yy\nCASE 644=C\nD/ 755\nD/E/ 755\n"
     "D/E/Z 644=zz\nD/Y 644=yy\n" REST},
    {"- { move: D, to: C }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nC/ 755\nC/E/ 755\nC/E/Z 644=zz\nC/X 644=xx\nC/Y 644=yy\nCASE 644=C\n" REST},
    {"- { move: A, to: B }", "exact", GP_RUN_DONE,
     "B 644=aaaa\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { move: A, to: A }", "exact", GP_RUN_FAILED, "step 1 (move): A cannot be copied or moved onto itself"},
    {"- { copy: D, to: D/E/C }", "exact", GP_RUN_FAILED, "step 1 (copy): D cannot be copied or moved into itself"},
    {"- { copy: A, to: D }", "exact", GP_RUN_FAILED, "step 1 (copy): D is a directory; 'to' names the copy itself"},
    {"- { copy: D, to: A }", "exact", GP_RUN_FAILED, "step 1 (copy): A is a file, and a directory replaces none"},
    {"- { copy: NONE, to: C }", "exact", GP_RUN_FAILED, "step 1 (copy): NONE is not there"},
    {"- { move: NONE/DEEP, to: C, missing: ok }", "exact", GP_RUN_DONE, TREE},
    {"- { copy: LINK, to: C }", "exact", GP_RUN_FAILED,
     "step 1 (copy): LINK: it is a symbolic link, and links are never followed"},
    /* remove */
    {"- { remove: D }", "exact", GP_RUN_DONE, "A 644=aaaa\nB 644=bbbb\nCASE 644=C\n" REST},
    {"- { remove: \"D/[XY]\" }\n      - { remove: \"nothing*\" }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\n" REST},
    {"- { remove: \"d/*\" }", "dos", GP_RUN_DONE, "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\n" REST},
    {"- { remove: NONE }", "exact", GP_RUN_FAILED, "step 1 (remove): NONE is not there"},
    {"- { remove: NONE, missing: ok }", "exact", GP_RUN_DONE, TREE},
    {"- { remove: LINK }", "exact", GP_RUN_FAILED,
     "step 1 (remove): LINK: it is a symbolic link, and links are never followed"},
    {"- { remove: \"*\" }", "exact", GP_RUN_FAILED,
     "step 1 (remove): LINK: it is a symbolic link, and links are never followed"},
    {"- { remove: \"C*\" }", "dos", GP_RUN_FAILED,
     "step 1 (remove): CASE: two entries differ only in upper and lower case"},
    /* a name that changes what it is */
    {"- { remove: A }\n      - { mkdir: A }\n      - { write: A/IN, text: x }", "exact", GP_RUN_DONE,
     "A/ 700\nA/IN 600=x\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { remove: D }\n      - { write: D, text: x }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD 600=x\n" REST},
    {"- { remove: D }\n      - { mkdir: D }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 700\n" REST},
    /* attributes */
    {"- { attributes: \"{A,D*,ro}\", read-only: true }", "exact", GP_RUN_DONE,
     "A 444=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\nLINK 777\nPIPE 644\n"
     "case 644=c\nro 444=ro\n"},
    {"- { attributes: ro, read-only: true }\n      - { write: ro, text: new }", "exact", GP_RUN_DONE,
     "A 644=aaaa\nB 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\nLINK 777\nPIPE 644\n"
     "case 644=c\nro 444=new\n"},
    {"- { attributes: ro, read-only: false }", "exact", GP_RUN_DONE, TREE},
    {"- { attributes: D, read-only: true }", "exact", GP_RUN_FAILED, "step 1 (attributes): D is a directory"},
    {"- { attributes: A, hidden: true }", "exact", GP_RUN_FAILED,
     "step 1 (attributes): A cannot be hidden or system: the file system keeps no such attributes"},
    {"- { write: D/NEW, text: x }\n      - { attributes: D/NEW, system: true }", "exact", GP_RUN_FAILED,
     "step 2 (attributes): D/NEW cannot be hidden or system: the file system keeps no such attributes"},
    {"- { attributes: NONE, read-only: true }", "exact", GP_RUN_FAILED, "step 1 (attributes): NONE is not there"},
    {"- { attributes: NONE, read-only: true, missing: ok }", "exact", GP_RUN_DONE, TREE},
    /* when: about the tree as it was before the action */
    {"- { remove: A }\n      - { write: B, text: gone, when: { absent: A } }", "exact", GP_RUN_DONE,
     "B 644=bbbb\nCASE 644=C\nD/ 755\nD/E/ 755\nD/E/Z 644=zz\nD/X 644=xx\nD/Y 644=yy\n" REST},
    {"- { remove: A, when: { file: LINK } }", "exact", GP_RUN_FAILED,
     "step 1 (remove): whether it is to be done cannot be told: LINK: "
     "it is a symbolic link, and links are never followed"},
};

static char *rules_text(const char *names, const char *steps)
{
    struct gp_strbuf out = {0};

    gp_strbuf_printf(&out, "%snames: %s\n%s      %s\n", head, names, params, steps);
    char *text = strdup(gp_strbuf_text(&out));
    gp_strbuf_done(&out);
    return text;
}

static void one_case(size_t i)
{
    char *text = rules_text(cases[i].names, cases[i].steps);
    char root[256];
    struct lab lab;

    lab_rules(&lab, text);
    lab_tree(tree, root);
    char *before = lab_picture(root, true);
    struct gp_run_options options = lab_options(&lab, root, "act");
    options.dry_run = true;
    enum gp_run_status dry = lab_run(&lab, &options);
    char *dried = lab_picture(root, true);
    is_str(dried, before, "%s: a dry run changes nothing", cases[i].steps);
    options.dry_run = false;
    enum gp_run_status status = lab_run(&lab, &options);
    is_str(lab_status(status), lab_status(cases[i].status), "%s (%s)", cases[i].steps,
           lab.result.problem ? lab.result.problem : "no problem");
    is_str(lab_status(dry), lab_status(status), "%s: a dry run says the same", cases[i].steps);
    char *now = lab_picture(root, status != GP_RUN_DONE);
    is_str(status == GP_RUN_DONE ? now : lab.result.problem, cases[i].want, "%s: what comes of it", cases[i].steps);
    if (status != GP_RUN_DONE)
        is_str(now, before, "%s: nothing was done", cases[i].steps);
    free(now);
    free(dried);
    free(before);
    free(text);
    lab_end(&lab);
    lab_remove(root);
}

/* What is refused when the rule set is loaded: the first line that is said. */
static const struct {
    const char *steps, *want;
} refused[] = {
    {"- { mkdir: GATEPOST/TX }", "error: no step may change GATEPOST, which is the engine's own [GP0380]"},
    {"- { remove: \"gatepost/*\" }", "error: no step may change gatepost, which is the engine's own [GP0380]"},
    {"- { remove: . }", "error: no step may change the root itself [GP0380]"},
    {"- { copy: A, to: Gatepost }", "error: no step may change Gatepost, which is the engine's own [GP0380]"},
    {"- { write: A, text: x, missing: ok }",
     "error: 'missing: ok' means nothing here, as 'write' makes what it names [GP0381]"},
    {"- { mkdir: A, missing: ok }", "error: 'missing: ok' means nothing here, as 'mkdir' makes what it names [GP0381]"},
    {"- { attributes: A }", "error: 'attributes' sets none: read-only, hidden or system is missing [GP0382]"},
    {"- { write: A, text: x, under: other }", "error: 'under' says where 'from' lies, which is missing [GP0383]"},
    {"- { patch: A, at: 0, u8: 256 }", "error: a u8 is from 0 to 255 [GP0384]"},
    {"- { patch: A, at: 0, u16be: -1 }", "error: a u16be is from 0 to 65535 [GP0384]"},
    {"- { patch: A, at: 0, u32le: 0x100000000 }", "error: a u32le is from 0 to 4294967295 [GP0384]"},
};

static void one_refused(size_t i)
{
    char *text = rules_text("exact", refused[i].steps);
    struct lab lab;

    lab_try(&lab, text);
    const char *said = strstr(gp_strbuf_text(&lab.said), "error: ");
    size_t len = said ? strcspn(said, "\n") : 0;
    char *line = said ? strndup(said, len) : NULL;
    ok(lab.loaded < 0, "%s is refused", refused[i].steps);
    is_str(line, refused[i].want, "%s: what is said", refused[i].steps);
    free(line);
    free(text);
    lab_end(&lab);
}

/* Numbers at the edge load. */
static void edges(void)
{
    static const char *const steps[] = {
        "- { patch: A, at: 0, u8: 255 }",
        "- { patch: A, at: 0, u16be: 65535 }",
        "- { patch: A, at: 0, u32le: 0xffffffff }",
    };

    for (size_t i = 0; i < GP_COUNT(steps); i++) {
        char *text = rules_text("exact", steps[i]);
        struct lab lab;
        lab_try(&lab, text);
        is_int(lab.loaded, 0, "%s loads", steps[i]);
        free(text);
        lab_end(&lab);
    }
}

/* ---- what a plan says ---------------------------------------------------------------------------------------- */

static void add_shown(struct gp_strbuf *out, struct gp_str bytes)
{
    gp_text_escape(out, bytes.data, bytes.len, false);
}

static char *plan_text(const struct gp_plan *planned)
{
    static const char *const kinds[] = {"create", "replace", "remove", "attributes"};
    struct gp_strbuf out = {0};

    for (size_t i = 0; i < planned->count; i++) {
        const struct gp_primitive *p = &planned->data[i];
        gp_strbuf_printf(&out, "%s %s%s %llu>%llu %u>%u", kinds[p->kind], p->path, p->directory ? "/" : "",
                         (unsigned long long)p->old_size, (unsigned long long)p->new_size, p->old_attributes,
                         p->new_attributes);
        for (size_t n = 0; n < p->inside_count; n++)
            gp_strbuf_printf(&out, " +%s", p->inside[n]);
        for (size_t n = 0; n < p->change_count; n++) {
            gp_strbuf_printf(&out, " @%llu ", (unsigned long long)p->changes[n].offset);
            add_shown(&out, p->changes[n].old);
            gp_strbuf_add(&out, ">");
            add_shown(&out, p->changes[n].new);
        }
        gp_strbuf_add(&out, p->more_changes ? " …\n" : "\n");
    }
    char *text = strdup(gp_strbuf_text(&out));
    gp_strbuf_done(&out);
    return text;
}

static void plans(void)
{
    static const char *const items[] = {
        "A=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "B=short", "D/", "D/X=xx", "D/E/", "D/E/Z=z",
        NULL};
    static const struct {
        const char *steps, *want;
    } wanted[] = {
        {"- { patch: A, at: 2, string: XX }\n      - { patch: A, at: 20, u8: 0x59 }",
         "replace A 56>56 0>0 @2 aa>XX @20 a>Y\n"},
        {"- { patch: A, at: 2, string: X }\n      - { patch: A, at: 4, string: X }",
         "replace A 56>56 0>0 @2 aaa>XaX\n"},
        {"- { write: B, text: shorter }", "replace B 5>7 0>0 @5 >er\n"},
        {"- { write: B, text: sh }", "replace B 5>2 0>0 @2 ort>\n"},
        {"- { patch: A, at: 0, string: X }\n      - { patch: A, at: 5, string: X }\n"
         "      - { patch: A, at: 10, string: X }\n"
         "      - { patch: A, at: 15, string: X }\n      - { patch: A, at: 20, string: X }\n"
         "      - { patch: A, at: 25, string: X }\n      - { patch: A, at: 30, string: X }\n"
         "      - { patch: A, at: 35, string: X }\n      - { patch: A, at: 40, string: X }",
         "replace A 56>56 0>0 @0 a>X @5 a>X @10 a>X @15 a>X @20 a>X @25 a>X @30 a>X @35 a>X …\n"},
        {"- { remove: D }\n      - { mkdir: N }\n      - { write: N/F, zeros: 9 }\n      - { mkdir: N/M }",
         "remove D/ 0>0 0>0 +E/ +E/Z +X\ncreate N/ 0>0 0>0 +F +M/\n"},
        {"- { attributes: B, read-only: true }\n      - { write: C, text: c }\n"
         "      - { attributes: C, read-only: true }",
         "attributes B 5>5 0>1\ncreate C 0>1 0>1\n"},
        {"- { write: B, text: new }\n      - { attributes: B, read-only: true }", "replace B 5>3 0>1 @0 short>new\n"},
        {"- { remove: B }\n      - { mkdir: B }", "remove B 5>0 0>0\ncreate B/ 0>0 0>0\n"},
        {"- { write: N, text: n }\n      - { remove: N }", ""},
    };

    for (size_t i = 0; i < GP_COUNT(wanted); i++) {
        char *text = rules_text("exact", wanted[i].steps);
        char root[256];
        struct lab lab;
        lab_rules(&lab, text);
        lab_tree(items, root);
        struct gp_run_options options = lab_options(&lab, root, "act");
        options.dry_run = true;
        lab_run(&lab, &options);
        char *planned = lab.result.plan ? plan_text(lab.result.plan) : NULL;
        is_str(planned, wanted[i].want, "plan of %s", wanted[i].steps);
        free(planned);
        free(text);
        lab_end(&lab);
        lab_remove(root);
    }
}

/* ---- what a file has besides its bytes ----------------------------------------------------------------------- */

static void states(void)
{
    char *text = rules_text("exact", "- { write: A, text: new }\n      - { move: B, to: D/B }\n"
                                     "      - { copy: D/X, to: C }\n"
                                     "      - { write: D/NEW, text: n }");
    char root[256], path[512], value[16];
    struct stat status;
    struct lab lab;

    lab_rules(&lab, text);
    lab_tree(tree, root);
    snprintf(path, sizeof(path), "%s/A", root);
    bool xattrs = setxattr(path, "user.test", "abc", 3, 0) == 0;
    if (chmod(path, 0440) < 0)
        bail("chmod");
    snprintf(path, sizeof(path), "%s/D", root);
    if (chmod(path, 02775) < 0)
        bail("chmod");
    struct gp_run_options options = lab_options(&lab, root, "act");
    is_str(lab_status(lab_run(&lab, &options)), "done", "a run with states");
    snprintf(path, sizeof(path), "%s/A", root);
    ok(stat(path, &status) == 0 && (status.st_mode & 07777) == 0440, "what replaces a file keeps its mode");
    ok(status.st_mtim.tv_sec > 1000000100, "what replaces a file has a new time");
    if (xattrs)
        ok(getxattr(path, "user.test", value, sizeof(value)) == 3 && memcmp(value, "abc", 3) == 0,
           "what replaces a file keeps its extended attributes");
    else
        skip(1, "no extended attributes on this file system");
    snprintf(path, sizeof(path), "%s/D/B", root);
    ok(stat(path, &status) == 0 && status.st_mtim.tv_sec == 1000000001, "what was moved keeps its time");
    snprintf(path, sizeof(path), "%s/C", root);
    ok(stat(path, &status) == 0 && status.st_mtim.tv_sec > 1000000100, "a copy has a new time");
    snprintf(path, sizeof(path), "%s/D/NEW", root);
    ok(stat(path, &status) == 0 && (status.st_mode & 07777) == 0664, "a new file has the mode of its directory");
    free(text);
    lab_end(&lab);
    lab_remove(root);
}

/* A name that only a byte for byte journal gets right. */
static void odd_names(void)
{
    static const char *const items[] = {"D/", "D/\xff\n%=odd", NULL};
    char *text = rules_text("exact", "- { remove: \"D/*\" }\n      - { write: D/NEW, text: x }\n"
                                     "    ensures:\n      never: { that: { file: NONE } }");
    char root[256];
    struct lab lab;

    lab_rules(&lab, text);
    lab_tree(items, root);
    char *before = lab_picture(root, true);
    struct gp_run_options options = lab_options(&lab, root, "act");
    is_str(lab_status(lab_run(&lab, &options)), "failed", "ensures is false");
    char *now = lab_picture(root, true);
    is_str(now, before, "a name that is no text comes back");
    free(before);
    free(now);
    free(text);
    lab_end(&lab);
    lab_remove(root);
}

int main(void)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        one_case(i);
    for (size_t i = 0; i < GP_COUNT(refused); i++)
        one_refused(i);
    edges();
    plans();
    states();
    odd_names();
    return done_testing();
}
