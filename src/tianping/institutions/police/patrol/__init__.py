"""网格化布警 · Patrols by grid: shifts, and that every cell is covered round the clock."""
