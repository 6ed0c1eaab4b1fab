"""不批捕复议复核 · One refusal of arrest that the police have reviewed."""
