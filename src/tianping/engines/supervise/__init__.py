"""监督 · Was it lawful and in time: one definition run over an event log."""
