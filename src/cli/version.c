/* Version, libraries, features, and the digests of the effective rule sets. */
#include "cli/version.h"

#include <errno.h>
#include <yaml.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "cli/rulesets.h"
#include "util/landlock.h"
#include "util/sys.h"
#include "util/text.h"

static void pcre2(struct gp_strbuf *out)
{
    char version[64];
    uint32_t jit = 0;

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof(version) ||
        pcre2_config(PCRE2_CONFIG_VERSION, version) < 0)
        version[0] = '\0';
    (void)pcre2_config(PCRE2_CONFIG_JIT, &jit);
    gp_strbuf_printf(out, "PCRE2    %s%s\n", version, jit ? "" : " (without JIT)");
}

static bool has_openat2(void)
{
    int fd = gp_sys_linux.openat2(&gp_sys_linux, AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC, 0, 0);

    if (fd >= 0)
        gp_sys_linux.close(&gp_sys_linux, fd);
    return fd >= 0;
}

static void landlock(struct gp_strbuf *out)
{
    int version = gp_landlock_version();

    if (version)
        gp_strbuf_printf(out, "landlock ABI %d\n", version);
    else
        gp_strbuf_add(out, "landlock none (this kernel has none, so nothing isolates the process)\n");
}

static int rule_sets(struct gp_cli *cli, struct gp_strbuf *out)
{
    int r = gp_rulesets_load(cli);

    if (r < 0)
        return r;
    for (size_t i = 0; i < cli->set_count; i++) {
        const struct gp_ruleset *rules = cli->sets[i];
        struct gp_str name = rules->manifest.name, version = rules->manifest.version;

        gp_strbuf_add(out, "rules    ");
        gp_text_escape(out, name.data, name.len, false);
        gp_strbuf_add_char(out, ' ');
        gp_text_escape(out, version.data ? version.data : "", version.len, false);
        gp_strbuf_printf(out, " sha256:%s\n", rules->digest);
    }
    if (r > 0)
        gp_strbuf_add(out, "rules    cannot be loaded\n");
    return 0;
}

int gp_version(struct gp_cli *cli)
{
    struct gp_strbuf out = {0};
    int r = 0;

    gp_strbuf_add(&out, "gatepost " PACKAGE_VERSION "\n");
    if (cli->options.verbose) {
        gp_strbuf_printf(&out, "libyaml  %s\n", yaml_get_version_string());
        pcre2(&out);
        gp_strbuf_printf(&out, "jansson  %s\n", jansson_version_str());
        gp_strbuf_printf(&out, "openat2  %s\n", has_openat2() ? "yes" : "no (this kernel lacks it)");
        landlock(&out);
        r = rule_sets(cli, &out);
    }
    int s = gp_output_text(&cli->output, &out);
    return r < 0 ? r : s;
}
