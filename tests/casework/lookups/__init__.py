"""查比 · What a step knows of other cases."""
