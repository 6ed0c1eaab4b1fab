"""领导驾驶舱 · The leadership board: it handles no case and reads the figures of every room."""
