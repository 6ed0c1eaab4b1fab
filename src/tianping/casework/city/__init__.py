"""城市包 · A city as data: its organisations and the posts of its people, read from ``cities/<code>/`` and checked."""
