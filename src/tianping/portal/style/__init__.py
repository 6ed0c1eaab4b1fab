"""样式页 · The living page of the house style."""
