"""备份与恢复 · One file with every table and every document, taken from a working city; restored whole into an empty place, or not at all."""
