"""法律图册 · The law atlas: every procedure as a diagram and as tables, by article, and what changed when. Public; drawn from the definitions."""
