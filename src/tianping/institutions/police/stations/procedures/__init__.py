"""程序 · The procedures of this room, one folder each."""
