"""城管事项 · What the joint team left to urban management."""
