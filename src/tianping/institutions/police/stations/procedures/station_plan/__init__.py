"""派出所撤并 · One plan to merge or abolish a station or post."""
