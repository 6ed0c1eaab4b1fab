"""大厅终端 · The citizen's pages on a machine in a hall: big, and wiped between two visitors."""
