"""执法监管 · What is watched: limits that near their end or have passed it, by element; findings on their way; registers; what leaves the house."""
