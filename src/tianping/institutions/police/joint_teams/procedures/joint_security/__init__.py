"""治安事项 · What the joint team left to the public security organ."""
