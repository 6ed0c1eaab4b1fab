"""内设机构 · The units of an office."""
