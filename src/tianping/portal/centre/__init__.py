"""监督中心 · What needs somebody now, by element; findings on their way to their end; registers to print; what was told to whom."""
