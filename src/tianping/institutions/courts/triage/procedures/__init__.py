"""分流程序 · The procedure of triage."""
