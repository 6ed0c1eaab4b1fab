"""门面 · The house style, without a browser."""
