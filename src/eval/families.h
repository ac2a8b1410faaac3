/*
 * The families of src/eval/: each array ends with a row whose key is NULL.
 */
#ifndef GP_EVAL_FAMILIES_H
#define GP_EVAL_FAMILIES_H

#include "rule/family.h"

extern const struct gp_form gp_form_named;    /* a condition that is just the id of another */
extern const struct gp_form gp_forms_logic[]; /* all any none not if */
extern const struct gp_form gp_forms_value[]; /* marker param var equal ordered */
extern const struct gp_form gp_forms_world[]; /* state attested ledger unknown */
extern const struct gp_form gp_forms_change[]; /* changed */
extern const struct gp_form gp_forms_file[];  /* file dir absent */
extern const struct gp_form gp_forms_files[]; /* each some count */
extern const struct gp_form gp_forms_record[]; /* record each-record */

extern const struct gp_facet_def gp_facets_stat[];     /* size records attributes writable locked age name entries */
extern const struct gp_facet_def gp_facets_content[];  /* bytes u8 u16le u16be u32le u32be */
extern const struct gp_facet_def gp_facets_text[];     /* text longest-line */
extern const struct gp_facet_def gp_facets_relation[]; /* newer-than same-size-as same-content-as has */
extern const struct gp_facet_def gp_facets_record[];   /* listed-in */

extern const struct gp_read_def gp_reads_stat[];    /* size records mtime free-space */
extern const struct gp_read_def gp_reads_content[]; /* u8 u16le u16be u32le u32be bytes string */
extern const struct gp_read_def gp_reads_text[];    /* text longest-line */
extern const struct gp_read_def gp_reads_tree[];    /* count total largest newest oldest highest-id */
extern const struct gp_read_def gp_reads_record[];  /* rows highest record */

#endif
