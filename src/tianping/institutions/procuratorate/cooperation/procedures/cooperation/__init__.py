"""协作事项 · One matter of cooperation, at the side that asks."""
