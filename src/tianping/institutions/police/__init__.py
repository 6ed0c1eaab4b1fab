"""公安机关 · The police."""
