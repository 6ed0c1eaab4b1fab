"""办证办事 · One application for a permit, a filing or another service."""
