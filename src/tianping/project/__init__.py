"""项目 · The command line: what a person calls; the only storey that reads the clock, the terminal and the environment."""
