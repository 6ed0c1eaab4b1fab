"""文书 · Documents that an institution writes: from a template to the signed PDF and its copy for the public."""
