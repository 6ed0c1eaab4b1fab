"""契约 · Roles and matters that several rooms speak of; a room names them here and never another room."""
