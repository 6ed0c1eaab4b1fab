"""办案区活动 · A visit to the case-handling area."""
