"""跨机构的故事 · Stories that cross institutions, moved step by step on the real database."""
