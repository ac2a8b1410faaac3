/*
 * XML 1.0, as far as reports write it: elements are written by hand, texts and
 * attributes go through here.
 *
 * XML has no way to write most control characters, not even as references.
 * They, and bytes that are not UTF-8, are spelt out as in text for a terminal
 * (\x1b); what XML can hold but a terminal should not see becomes a reference.
 */
#ifndef GP_REPORT_XML_H
#define GP_REPORT_XML_H

#include "util/strbuf.h"

/* Appends the declaration that a document opens with, and a newline. */
void gp_xml_begin(struct gp_strbuf *out);
/* Appends a text for the inside of an element.  Newlines and tabs stay as they are. */
void gp_xml_text(struct gp_strbuf *out, struct gp_str text);
/* Appends ` name="value"`; newlines and tabs become references, so that a reader gets them back. */
void gp_xml_attribute(struct gp_strbuf *out, const char *name, struct gp_str value);
void gp_xml_attribute_number(struct gp_strbuf *out, const char *name, size_t value);

#endif
