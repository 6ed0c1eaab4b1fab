"""编制 · The establishment: who is in the quota, and how an office is divided into units."""
