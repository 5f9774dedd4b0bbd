"""XSD catalogue to field tree to XML and back; no widgets."""
