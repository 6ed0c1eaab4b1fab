"""机构 · The institutions, each with its rooms; a room names no other room, only contracts and law."""
